package io.github.gan4j.nn;

import ai.djl.ndarray.types.Shape;

/**
 * Transposed convolution of one, two or three dimensions, also called fractionally-strided
 * convolution (Dumoulin and Visin 2016, chapter 4); DJL's own is not implemented on the PyTorch
 * engine. It computes in the {@link Precision} of the moment.
 *
 * <p>Takes {@code (N, C, W)}, {@code (N, C, H, W)} or {@code (N, C, D, H, W)}, and returns as many
 * axes with, along each, {@code (in - 1) * stride - 2 * padding + dilation * (kernel - 1) +
 * outputPadding + 1} elements. The weight is {@code (C, filters / groups, kernel...)}, as in
 * PyTorch.
 */
public final class ConvTranspose extends Convolution {

    private final Shape outputPadding;

    private ConvTranspose(Builder builder) {
        super(builder);
        outputPadding = expand(builder.outputPadding, 0, "output padding");
        for (int i = 0; i < kernel.dimension(); i++) {
            refuse(
                    outputPadding.get(i) >= Math.max(stride.get(i), dilation.get(i)),
                    "The output padding must be smaller than the stride or the dilation: "
                            + outputPadding);
        }
    }

    @Override
    String expression(String w, String b) {
        String value =
                "torch.conv_transpose%dd({x}, %s, None, %s, %s, %s, %d, %s)"
                        .formatted(
                                kernel.dimension(),
                                w,
                                list(stride),
                                list(padding),
                                list(outputPadding),
                                groups,
                                list(dilation));
        // oneDNN adds up a bias's gradient number by number.
        return bias == null ? value : "torch.add_(" + value + ", " + perChannel(b) + ")";
    }

    /** A number for each channel, to be added to pictures. */
    private String perChannel(String vector) {
        return "torch.reshape(%s, %s)".formatted(vector, list(new Shape(-1).addAll(all(1))));
    }

    @Override
    boolean isProduct(Shape x) {
        return isAll(1, x.slice(2)) && isAll(1, dilation) && isAll(0, outputPadding);
    }

    @Override
    PreciseFunction.Formula formulaOfProduct(boolean together) {
        String value = asPictures("torch.mm(torch.flatten({x}, 1), torch.flatten({w}, 1))", kernel);
        if (bias != null) {
            value = "torch.add_(" + value + ", " + perChannel("{b}") + ")";
        }
        // Else norms and rectifiers would get gradients of another layout than their inputs have.
        return together
                ? new PreciseFunction.Formula(
                        PreciseFunction.channelsLast("pictures", value), "pictures")
                : new PreciseFunction.Formula(value);
    }

    @Override
    boolean isSumOfPatches() {
        return filters == 1;
    }

    @Override
    PreciseFunction.Formula formulaOfOneChannel(boolean together) {
        String matrix =
                "torch.reshape({w}, [torch.size({w}, 0), %d, 1, 1])".formatted(kernel.size());
        return sumOfPatches("torch.transpose(" + matrix + ", 0, 1)", padding);
    }

    @Override
    String outputLength(int axis) {
        return "torch.add(torch.mul(torch.size({x}, %d), %d), %d)"
                .formatted(axis + 2, stride.get(axis), outputLength(0, axis));
    }

    @Override
    int filterAxis() {
        return 1;
    }

    @Override
    Shape weightShape(long channels) {
        return new Shape(channels, filters / groups).addAll(kernel);
    }

    @Override
    long outputLength(long input, int axis) {
        return (input - 1) * stride.get(axis)
                - 2 * padding.get(axis)
                + dilation.get(axis) * (kernel.get(axis) - 1)
                + outputPadding.get(axis)
                + 1;
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
    public static final class Builder extends ConvolutionBuilder<Builder> {

        private Shape outputPadding;

        private Builder() {}

        @Override
        Builder self() {
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
         * Builds the layer.
         *
         * @return the layer
         */
        public ConvTranspose build() {
            return new ConvTranspose(this);
        }
    }
}
