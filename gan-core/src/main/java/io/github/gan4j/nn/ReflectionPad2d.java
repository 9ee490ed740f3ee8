package io.github.gan4j.nn;

import ai.djl.ndarray.types.Shape;
import io.github.gan4j.torch.TorchFunction;

/**
 * Pads images by their own reflection, the edge itself not repeated, so that no black frame creeps
 * into them (Johnson et al. 2016; Zhu et al. 2017).
 *
 * <p>Takes {@code (N, C, H, W)}; the padding must be smaller than the image.
 */
public final class ReflectionPad2d extends FunctionLayer {

    private final long left;
    private final long right;
    private final long top;
    private final long bottom;
    private final TorchFunction function;

    /**
     * Constructs a layer that pads all sides alike.
     *
     * @param padding the number of pixels, 0 or more
     */
    public ReflectionPad2d(long padding) {
        this(padding, padding, padding, padding);
    }

    /**
     * Constructs a layer.
     *
     * @param left the number of columns to the left, 0 or more
     * @param right the number of columns to the right, 0 or more
     * @param top the number of rows above, 0 or more
     * @param bottom the number of rows below, 0 or more
     */
    public ReflectionPad2d(long left, long right, long top, long bottom) {
        String sides = "[%d, %d, %d, %d]".formatted(left, right, top, bottom);
        require(
                Math.min(Math.min(left, right), Math.min(top, bottom)) >= 0,
                "The padding must not be negative: " + sides);
        this.left = left;
        this.right = right;
        this.top = top;
        this.bottom = bottom;
        function = TorchFunction.of("x: Tensor", "return torch.reflection_pad2d(x, " + sides + ")");
    }

    @Override
    public JointCall.Value join(JointCall call, JointCall.Value x) {
        return call.apply(function, outputShape(x.shape()), x);
    }

    @Override
    Shape outputShape(Shape input) {
        requireAxes(input, 4, 4, "(N, C, H, W)");
        long height = input.get(2);
        long width = input.get(3);
        require(
                Math.max(top, bottom) < height && Math.max(left, right) < width,
                () ->
                        "Images of shape "
                                + input
                                + " are too small to be padded by reflection with as many pixels.");
        return new Shape(input.get(0), input.get(1), height + top + bottom, width + left + right);
    }
}
