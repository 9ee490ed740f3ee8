package io.github.gan4j.nn;

import ai.djl.ndarray.types.Shape;

/**
 * Group normalisation (Wu and He 2018, equation 7): the channels of each sample are taken in
 * groups, and each group is brought to mean 0 and variance 1. One group is layer normalisation with
 * a scale for each channel, which a critic under a gradient penalty wants, since the samples of a
 * batch stay apart (Gulrajani et al. 2017, section 4).
 *
 * <p>Takes {@code (N, C, ...)}.
 */
public final class GroupNorm extends Norm {

    private final long groups;
    private final RectifiedFunction exact;
    private final RectifiedFunction widened;

    private GroupNorm(Builder builder) {
        super(builder);
        groups = builder.groups;
        require(groups > 0, "The number of groups must be set, and above 0: " + groups);
        exact = groupNorm("x");
        // libtorch's takes an input and weights of different types on a CPU, and not on a GPU.
        widened = groupNorm("torch.to(x, 6)");
    }

    @Override
    public JointCall.Value join(JointCall call, JointCall.Value x) {
        requireInput(x.shape());
        return apply(call, Precision.current() == Precision.FLOAT32 ? exact : widened, x);
    }

    private RectifiedFunction groupNorm(String input) {
        return function(
                "torch.group_norm(%s, %d, gamma, beta, %s, False)"
                        .formatted(input, groups, epsilon));
    }

    @Override
    protected void prepare(Shape[] inputs) {
        requireInput(inputs[0]);
        super.prepare(inputs);
    }

    private void requireInput(Shape input) {
        requireAxes(input, 2, Integer.MAX_VALUE, "(N, C, ...)");
        require(
                input.get(1) % groups == 0,
                () -> input.get(1) + " channels cannot be shared among " + groups + " groups.");
    }

    /**
     * Starts to describe a layer.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /** Describes a {@link GroupNorm}. */
    public static final class Builder extends NormBuilder<Builder> {

        private long groups;

        private Builder() {
            super(true);
        }

        @Override
        Builder self() {
            return this;
        }

        /**
         * Sets the number of groups.
         *
         * @param groups divides the number of channels
         * @return this builder
         */
        public Builder setGroups(long groups) {
            this.groups = groups;
            return this;
        }

        /**
         * Builds the layer.
         *
         * @return the layer
         */
        public GroupNorm build() {
            return new GroupNorm(this);
        }
    }
}
