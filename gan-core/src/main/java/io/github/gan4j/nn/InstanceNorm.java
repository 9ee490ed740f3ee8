package io.github.gan4j.nn;

import ai.djl.ndarray.types.Shape;

/**
 * Instance normalisation (Ulyanov et al. 2016, equation 4): each channel of each sample is brought
 * to mean 0 and variance 1, in training and otherwise alike.
 *
 * <p>Takes {@code (N, C, L)}, {@code (N, C, H, W)} or {@code (N, C, D, H, W)}, of more than one
 * element a channel.
 */
public final class InstanceNorm extends Norm {

    private final RectifiedFunction function;

    private InstanceNorm(Builder builder) {
        super(builder);
        function =
                function(
                        "torch.instance_norm(x, gamma, beta, None, None, True, 0.1, %s, False)"
                                .formatted(epsilon));
    }

    @Override
    public JointCall.Value join(JointCall call, JointCall.Value x) {
        requireInput(x.shape());
        return apply(call, function, x);
    }

    @Override
    protected void prepare(Shape[] inputs) {
        requireInput(inputs[0]);
        super.prepare(inputs);
    }

    private void requireInput(Shape input) {
        requireAxes(input, 3, 5, "(N, C, L) to (N, C, D, H, W)");
        require(
                input.slice(2).size() > 1,
                () ->
                        "InstanceNorm needs more than one element in each channel, and its input "
                                + input
                                + " has one; leave the layer out there.");
    }

    /**
     * Starts to describe a layer.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /** Describes an {@link InstanceNorm}. */
    public static final class Builder extends NormBuilder<Builder> {

        private Builder() {
            super(false);
        }

        @Override
        Builder self() {
            return this;
        }

        /**
         * Builds the layer.
         *
         * @return the layer
         */
        public InstanceNorm build() {
            return new InstanceNorm(this);
        }
    }
}
