package io.github.gan4j.nn;

import ai.djl.ndarray.types.Shape;
import io.github.gan4j.torch.TorchFunction;

/**
 * Pixelwise normalisation of feature vectors (Karras et al. 2018, section 4.2): \(b = a /
 * \sqrt{\frac{1}{C} \sum_c a_c^2 + 10^{-8}}\) at each position.
 *
 * <p>Takes {@code (N, C, ...)}; a latent {@code (N, K)} is brought to length \(\sqrt K\).
 */
public final class PixelNorm extends FunctionLayer {

    private static final TorchFunction FUNCTION =
            TorchFunction.of(
                    "x: Tensor",
                    """
                    power = torch.mean(torch.square(x), [1], True)
                    return torch.mul(x, torch.rsqrt(torch.add(power, 1e-8)))
                    """);

    /** Constructs the layer, which has no parameters. */
    public PixelNorm() {}

    @Override
    public JointCall.Value join(JointCall call, JointCall.Value x) {
        return call.apply(FUNCTION, outputShape(x.shape()), x);
    }

    @Override
    Shape outputShape(Shape input) {
        requireAxes(input, 2, Integer.MAX_VALUE, "(N, C, ...)");
        return input;
    }
}
