package io.github.gan4j.nn;

import ai.djl.ndarray.types.Shape;
import io.github.gan4j.torch.TorchFunction;

/**
 * Repeats each element along the axes of space. Followed by a convolution it takes the place of a
 * transposed convolution, without its checkerboard (Odena et al. 2016).
 *
 * <p>Takes {@code (N, C, L)}, {@code (N, C, H, W)} or {@code (N, C, D, H, W)}, and returns as many
 * axes, each of space {@code factor} times as long.
 */
public final class Upsample extends FunctionLayer {

    private final long factor;
    private final TorchFunction[] functions = new TorchFunction[3];

    /**
     * Constructs the layer, which has no parameters.
     *
     * @param factor how often each element is repeated along each axis, above 0
     */
    public Upsample(int factor) {
        require(factor > 0, "The factor must be above 0, not " + factor + ".");
        this.factor = factor;
        String scales = "%d.".formatted(factor);
        for (int i = 0; i < functions.length; i++) {
            functions[i] =
                    TorchFunction.of(
                            "x: Tensor",
                            "return torch.upsample_nearest%dd(x, None, [%s])"
                                    .formatted(i + 1, scales));
            scales += ", %d.".formatted(factor);
        }
    }

    @Override
    public JointCall.Value join(JointCall call, JointCall.Value x) {
        Shape result = outputShape(x.shape());
        return call.apply(functions[x.shape().dimension() - 3], result, x);
    }

    @Override
    Shape outputShape(Shape input) {
        requireAxes(input, 3, 5, "(N, C, L) to (N, C, D, H, W)");
        long[] shape = input.getShape().clone();
        for (int i = 2; i < shape.length; i++) {
            shape[i] *= factor;
        }
        return new Shape(shape);
    }
}
