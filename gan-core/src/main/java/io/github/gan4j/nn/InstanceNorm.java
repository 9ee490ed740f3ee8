package io.github.gan4j.nn;

import ai.djl.Device;
import ai.djl.ndarray.types.Shape;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * Instance normalisation (Ulyanov et al. 2016, equation 4): each channel of each sample is brought
 * to mean 0 and variance 1, in training and otherwise alike.
 *
 * <p>Takes {@code (N, C, L)}, {@code (N, C, H, W)} or {@code (N, C, D, H, W)}, of more than one
 * element a channel.
 */
public final class InstanceNorm extends Norm {

    /** Up to so many samples it pays to normalise each by itself, or as groups of one channel. */
    private static final long FEW_SAMPLES = 8;

    private final RectifiedFunction direct;
    private final RectifiedFunction asGroups;

    /** By the number of samples; each is made when it is first needed. */
    private final Map<Long, RectifiedFunction> apart = new ConcurrentHashMap<>();

    private InstanceNorm(Builder builder) {
        super(builder);
        direct =
                function(
                        "torch.instance_norm(x, gamma, beta, None, None, True, 0.1, %s, False)"
                                .formatted(epsilon));
        asGroups =
                function(
                        "torch.group_norm(x, torch.size(x, 1), gamma, beta, %s, False)"
                                .formatted(epsilon));
    }

    @Override
    public JointCall.Value join(JointCall call, JointCall.Value x) {
        requireInput(x.shape());
        return apply(call, choose(call.getDevice(), x.shape()), x);
    }

    /**
     * On a CPU libtorch's own instance norm is slow, and wants pictures laid out channel by
     * channel, which in bfloat16 they are not. The last bits may differ.
     */
    private RectifiedFunction choose(Device device, Shape input) {
        if (device.isGpu() || input.get(0) > FEW_SAMPLES) {
            return direct;
        }
        return Precision.current() == Precision.FLOAT32
                ? asGroups
                : apart.computeIfAbsent(input.get(0), this::apart);
    }

    /** The norm of a batch of one is the norm of an instance, and keeps the layout. */
    private RectifiedFunction apart(long samples) {
        String parts =
                LongStream.range(0, samples)
                        .mapToObj(
                                i ->
                                        ("torch.batch_norm(samples[%d], gamma, beta, None, None,"
                                                        + " True, 0.1, %s, False)")
                                                .formatted(i, epsilon))
                        .collect(Collectors.joining(", ", "[", "]"));
        return functionOf("samples = torch.split(x, 1)\n", "torch.cat(" + parts + ", 0)");
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
