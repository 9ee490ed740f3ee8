package io.github.gan4j.nn;

import ai.djl.ndarray.types.Shape;

/**
 * Convolution of one, two or three dimensions that computes in the {@link Precision} of the moment,
 * as DJL's own does not.
 *
 * <p>Takes {@code (N, C, W)}, {@code (N, C, H, W)} or {@code (N, C, D, H, W)}, and returns as many
 * axes with, along each, {@code (in + 2 * padding - dilation * (kernel - 1) - 1) / stride + 1}
 * elements, rounded down. The weight is {@code (filters, C / groups, kernel...)}, as in PyTorch.
 */
public final class Conv extends Convolution {

    /** Four pixels of so many filters are what the widest processors hold at once. */
    private static final int FEW_FILTERS = 4;

    /** With smaller kernels a single picture takes as long, for almost half of four are zeros. */
    private static final int LARGE_KERNEL = 5;

    private Conv(Builder builder) {
        super(builder);
    }

    @Override
    String expression(String w, String b) {
        return "torch.conv%dd({x}, %s, %s, %s, %s, %s, %d)"
                .formatted(
                        kernel.dimension(),
                        w,
                        b,
                        list(stride),
                        list(padding),
                        list(dilation),
                        groups);
    }

    @Override
    boolean isProduct(Shape x) {
        return x.slice(2).equals(kernel) && isAll(1, dilation);
    }

    @Override
    PreciseFunction.Formula formulaOfProduct(boolean together) {
        String rows = row("{x}", together) + ", torch.t(" + row("{w}", together) + ")";
        String value = bias == null ? "torch.mm(" + rows + ")" : "torch.addmm({b}, " + rows + ")";
        return new PreciseFunction.Formula(asPictures(value, all(1)));
    }

    /** All numbers of a picture or filter in a row, those of a pixel together or of a channel. */
    private static String row(String pictures, boolean together) {
        return "torch.flatten(%s, 1)"
                .formatted(together ? "torch.permute(" + pictures + ", [0, 2, 3, 1])" : pictures);
    }

    @Override
    boolean isOfOneChannel(Shape weightShape) {
        return isSumOfPatches() || (weightShape.get(1) == 1 && isAll(1, dilation));
    }

    /** It can if it is a transposed convolution with the kernel turned. */
    @Override
    boolean isSumOfPatches() {
        boolean whole = true;
        for (int i = 0; i < kernel.dimension(); i++) {
            whole &= padding.get(i) < kernel.get(i);
        }
        return filters == 1 && isAll(1, stride) && isAll(1, dilation) && whole;
    }

    @Override
    PreciseFunction.Formula formulaOfOneChannel(boolean together) {
        if (isSumOfPatches()) {
            String turned = "torch.permute(torch.flip({w}, [2, 3]), [2, 3, 0, 1])";
            String matrix = "torch.reshape(%s, [%d, -1, 1, 1])".formatted(turned, kernel.size());
            return sumOfPatches(
                    matrix,
                    new Shape(
                            kernel.get(0) - 1 - padding.get(0),
                            kernel.get(1) - 1 - padding.get(1)));
        }
        String b = bias == null ? "None" : "{b}";
        if (!together) {
            return new PreciseFunction.Formula(
                    "torch.thnn_conv2d({x}, {w}, %s, %s, %s, %s)"
                            .formatted(list(kernel), b, list(stride), list(padding)));
        }
        String patches =
                "torch.im2col({x}, %s, %s, %s, %s)"
                        .formatted(list(kernel), list(dilation), list(padding), list(stride));
        String statements =
                "patches = torch.reshape(%s, [torch.size({x}, 0), %d, %s, %s])\n"
                        .formatted(patches, kernel.size(), outputLength(0), outputLength(1));
        return new PreciseFunction.Formula(
                statements + PreciseFunction.channelsLast("patches", "patches"),
                "torch.conv2d(patches, torch.reshape({w}, [%d, %d, 1, 1]), %s)"
                        .formatted(filters, kernel.size(), b));
    }

    @Override
    boolean isOfFewFilters(Shape output) {
        boolean large = true;
        boolean even = true;
        for (int i = 0; i < kernel.dimension(); i++) {
            large &= kernel.get(i) >= LARGE_KERNEL;
            even &= output.get(i + 2) % 2 == 0;
        }
        return filters <= FEW_FILTERS && large && even && isAll(1, stride) && isAll(1, dilation);
    }

    @Override
    String outputLength(int axis) {
        long span = 2 * padding.get(axis) - kernel.get(axis);
        return "torch.add(torch.floordiv(torch.add(torch.size({x}, %d), %d), %d), 1)"
                .formatted(axis + 2, span, stride.get(axis));
    }

    @Override
    int filterAxis() {
        return 0;
    }

    @Override
    Shape weightShape(long channels) {
        return new Shape(filters, channels / groups).addAll(kernel);
    }

    @Override
    long outputLength(long input, int axis) {
        long span = dilation.get(axis) * (kernel.get(axis) - 1) + 1;
        return Math.floorDiv(input + 2 * padding.get(axis) - span, stride.get(axis)) + 1;
    }

    /**
     * Starts to describe a layer.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /** Describes a {@link Conv}. */
    public static final class Builder extends ConvolutionBuilder<Builder> {

        private Builder() {}

        @Override
        Builder self() {
            return this;
        }

        /**
         * Builds the layer.
         *
         * @return the layer
         */
        public Conv build() {
            return new Conv(this);
        }
    }
}
