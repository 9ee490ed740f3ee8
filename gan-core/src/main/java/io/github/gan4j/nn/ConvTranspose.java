package io.github.gan4j.nn;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import io.github.gan4j.torch.TorchFunction;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * Transposed convolution of one, two or three dimensions, also called fractionally-strided
 * convolution (Dumoulin and Visin 2016, chapter 4); DJL's own is not implemented on the PyTorch
 * engine.
 *
 * <p>Takes {@code (N, C, W)}, {@code (N, C, H, W)} or {@code (N, C, D, H, W)}, and returns as many
 * axes with, along each, {@code (in - 1) * stride - 2 * padding + dilation * (kernel - 1) +
 * outputPadding + 1} elements. The weight is {@code (C, filters / groups, kernel...)}, as in
 * PyTorch.
 */
public final class ConvTranspose extends AbstractBlock {

    private static final byte VERSION = 1;

    private final long filters;
    private final Shape kernel;
    private final Shape stride;
    private final Shape padding;
    private final Shape outputPadding;
    private final Shape dilation;
    private final int groups;
    private final Parameter weight;
    private final Parameter bias;
    private final TorchFunction function;

    private ConvTranspose(Builder builder) {
        super(VERSION);
        filters = builder.filters;
        kernel = builder.kernel;
        groups = builder.groups;
        int dimensions = kernel == null ? 0 : kernel.dimension();
        require(dimensions >= 1 && dimensions <= 3, "The kernel needs 1, 2 or 3 axes: " + kernel);
        require(filters > 0, "The number of filters must be set, and above 0: " + filters);
        require(
                groups > 0 && filters % groups == 0,
                filters + " filters cannot be shared among " + groups + " groups.");
        stride = expand(builder.stride, 1, "stride");
        padding = expand(builder.padding, 0, "padding");
        outputPadding = expand(builder.outputPadding, 0, "output padding");
        dilation = expand(builder.dilation, 1, "dilation");
        for (int i = 0; i < dimensions; i++) {
            require(stride.get(i) > 0, "The stride must be above 0: " + stride);
            require(dilation.get(i) > 0, "The dilation must be above 0: " + dilation);
            require(padding.get(i) >= 0, "The padding must not be negative: " + padding);
            require(
                    outputPadding.get(i) < Math.max(stride.get(i), dilation.get(i)),
                    "The output padding must be smaller than the stride or the dilation: "
                            + outputPadding);
        }
        weight =
                addParameter(
                        Parameter.builder()
                                .setName("weight")
                                .setType(Parameter.Type.WEIGHT)
                                .build());
        bias =
                builder.bias
                        ? addParameter(
                                Parameter.builder()
                                        .setName("bias")
                                        .setType(Parameter.Type.BIAS)
                                        .build())
                        : null;
        function =
                TorchFunction.of(
                        builder.bias ? "x: Tensor, w: Tensor, b: Tensor" : "x: Tensor, w: Tensor",
                        "return torch.conv_transpose%dd(x, w, %s, %s, %s, %s, %d, %s)"
                                .formatted(
                                        dimensions,
                                        builder.bias ? "b" : "None",
                                        list(stride),
                                        list(padding),
                                        list(outputPadding),
                                        groups,
                                        list(dilation)));
    }

    private Shape expand(Shape shape, long value, String what) {
        if (shape == null) {
            long[] all = new long[kernel.dimension()];
            Arrays.fill(all, value);
            return new Shape(all);
        }
        require(
                shape.dimension() == kernel.dimension(),
                "The " + what + " " + shape + " needs as many axes as the kernel " + kernel + ".");
        return shape;
    }

    private static void require(boolean valid, String message) {
        if (!valid) {
            throw new IllegalArgumentException(message);
        }
    }

    private static String list(Shape shape) {
        return Arrays.stream(shape.getShape())
                .mapToObj(Long::toString)
                .collect(Collectors.joining(", ", "[", "]"));
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore parameterStore,
            NDList inputs,
            boolean training,
            PairList<String, Object> params) {
        NDArray x = inputs.singletonOrThrow();
        Device device = x.getDevice();
        NDArray w = parameterStore.getValue(weight, device, training);
        NDArray b = parameterStore.getValue(bias, device, training);
        NDArray y =
                b == null
                        ? function.call(x.getManager(), x, w)
                        : function.call(x.getManager(), x, w, b);
        return new NDList(y);
    }

    @Override
    protected void prepare(Shape[] inputs) {
        requireAxes(inputs[0]);
        long channels = inputs[0].get(1);
        require(
                channels % groups == 0,
                channels + " input channels cannot be shared among " + groups + " groups.");
        weight.setShape(new Shape(channels, filters / groups).addAll(kernel));
        if (bias != null) {
            bias.setShape(new Shape(filters));
        }
    }

    private void requireAxes(Shape input) {
        int axes = kernel.dimension() + 2;
        require(
                input.dimension() == axes,
                "The input "
                        + input
                        + " needs "
                        + axes
                        + " axes: batch, channels, and those of the kernel "
                        + kernel
                        + ".");
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
        requireAxes(inputs[0]);
        int dimensions = kernel.dimension();
        long[] shape = new long[dimensions + 2];
        shape[0] = inputs[0].get(0);
        shape[1] = filters;
        for (int i = 0; i < dimensions; i++) {
            shape[i + 2] =
                    (inputs[0].get(i + 2) - 1) * stride.get(i)
                            - 2 * padding.get(i)
                            + dilation.get(i) * (kernel.get(i) - 1)
                            + outputPadding.get(i)
                            + 1;
        }
        return new Shape[] {new Shape(shape)};
    }

    /**
     * Starts to describe a layer.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /** Describes a {@link ConvTranspose}. */
    public static final class Builder {

        private long filters;
        private Shape kernel;
        private Shape stride;
        private Shape padding;
        private Shape outputPadding;
        private Shape dilation;
        private int groups = 1;
        private boolean bias = true;

        private Builder() {}

        /**
         * Sets the number of output channels.
         *
         * @param filters above 0
         * @return this builder
         */
        public Builder setFilters(long filters) {
            this.filters = filters;
            return this;
        }

        /**
         * Sets the size of the kernel; its number of axes makes the layer one-, two- or
         * three-dimensional.
         *
         * @param kernel for instance {@code (4, 4)}
         * @return this builder
         */
        public Builder setKernelShape(Shape kernel) {
            this.kernel = kernel;
            return this;
        }

        /**
         * Sets by how much each input element is apart in the output.
         *
         * @param stride 1 along each axis unless set
         * @return this builder
         */
        public Builder optStride(Shape stride) {
            this.stride = stride;
            return this;
        }

        /**
         * Sets how many elements are cut off at both ends of the output.
         *
         * @param padding 0 along each axis unless set
         * @return this builder
         */
        public Builder optPadding(Shape padding) {
            this.padding = padding;
            return this;
        }

        /**
         * Sets how many elements the output gets more at its far end.
         *
         * @param outputPadding 0 along each axis unless set; smaller than the stride or the
         *     dilation
         * @return this builder
         */
        public Builder optOutputPadding(Shape outputPadding) {
            this.outputPadding = outputPadding;
            return this;
        }

        /**
         * Sets by how much the elements of the kernel are apart.
         *
         * @param dilation 1 along each axis unless set
         * @return this builder
         */
        public Builder optDilation(Shape dilation) {
            this.dilation = dilation;
            return this;
        }

        /**
         * Sets in how many groups channels are convolved apart.
         *
         * @param groups 1 unless set; divides the input channels and the filters
         * @return this builder
         */
        public Builder optGroups(int groups) {
            this.groups = groups;
            return this;
        }

        /**
         * Adds a bias to each output channel.
         *
         * @param bias {@code true} unless set
         * @return this builder
         */
        public Builder optBias(boolean bias) {
            this.bias = bias;
            return this;
        }

        /**
         * Builds the layer.
         *
         * @return the layer
         */
        public ConvTranspose build() {
            return new ConvTranspose(this);
        }
    }
}
