package io.github.gan4j.nn;

import ai.djl.ndarray.types.Shape;
import io.github.gan4j.torch.TorchFunction;

/**
 * Resizes images by bilinear interpolation; pixels are areas, the corners of the images coincide
 * ({@code align_corners} is false in PyTorch's words).
 *
 * <p>Takes {@code (N, C, H, W)}. To a smaller size it does not smooth first, so details may alias.
 */
public final class ResizeBilinear extends FunctionLayer {

    private final long height;
    private final long width;
    private final long factor;
    private final TorchFunction function;

    private ResizeBilinear(long height, long width, long factor, String size) {
        this.height = height;
        this.width = width;
        this.factor = factor;
        function =
                TorchFunction.of("x: Tensor", "return torch.upsample_bilinear2d(x, " + size + ")");
    }

    /**
     * Makes a layer whose output has a given size.
     *
     * @param height above 0
     * @param width above 0
     * @return the layer
     */
    public static ResizeBilinear to(long height, long width) {
        require(
                height > 0 && width > 0,
                "Images cannot be resized to " + height + " x " + width + " pixels.");
        return new ResizeBilinear(
                height, width, 0, "[%d, %d], False, None, None".formatted(height, width));
    }

    /**
     * Makes a layer that multiplies the sides of images.
     *
     * @param factor above 0
     * @return the layer
     */
    public static ResizeBilinear by(int factor) {
        require(factor > 0, "The factor must be above 0, not " + factor + ".");
        return new ResizeBilinear(0, 0, factor, "None, False, [%1$d., %1$d.]".formatted(factor));
    }

    @Override
    public JointCall.Value join(JointCall call, JointCall.Value x) {
        return call.apply(function, outputShape(x.shape()), x);
    }

    @Override
    Shape outputShape(Shape input) {
        requireAxes(input, 4, 4, "(N, C, H, W)");
        return factor == 0
                ? new Shape(input.get(0), input.get(1), height, width)
                : new Shape(
                        input.get(0), input.get(1), input.get(2) * factor, input.get(3) * factor);
    }
}
