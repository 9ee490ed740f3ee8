package io.github.gan4j.nn;

import ai.djl.ndarray.types.Shape;
import io.github.gan4j.torch.TorchFunction;

/**
 * Lays channels out as pixels (Shi et al. 2016, equation 4): {@code (N, C r r, H, W)} in, {@code
 * (N, C, H r, W r)} out.
 */
public final class PixelShuffle extends FunctionLayer {

    private final long factor;
    private final TorchFunction function;

    /**
     * Constructs the layer, which has no parameters.
     *
     * @param factor r, by which the sides of the image grow, above 0
     */
    public PixelShuffle(int factor) {
        require(factor > 0, "The factor must be above 0, not " + factor + ".");
        this.factor = factor;
        function = TorchFunction.of("x: Tensor", "return torch.pixel_shuffle(x, " + factor + ")");
    }

    @Override
    public JointCall.Value join(JointCall call, JointCall.Value x) {
        return call.apply(function, outputShape(x.shape()), x);
    }

    @Override
    Shape outputShape(Shape input) {
        requireAxes(input, 4, 4, "(N, C, H, W)");
        long area = factor * factor;
        require(
                input.get(1) % area == 0,
                () ->
                        "PixelShuffle by %d needs a multiple of %d channels, not %d."
                                .formatted(factor, area, input.get(1)));
        return new Shape(
                input.get(0), input.get(1) / area, input.get(2) * factor, input.get(3) * factor);
    }
}
