package io.github.gan4j.loss;

import ai.djl.ndarray.NDArray;
import io.github.gan4j.SeparableLoss;
import io.github.gan4j.torch.Operators;

/**
 * The least-squares loss (Mao et al. 2017, equation 9): scores are pulled to 1 for real and 0 for
 * generated samples.
 *
 * <p>\(L_D = \frac12\mathrm{E}(x-1)^2 + \frac12\mathrm{E}y^2\), \(L_G = \frac12\mathrm{E}(y-1)^2\).
 */
public record LeastSquaresLoss() implements SeparableLoss {

    @Override
    public NDArray realLoss(NDArray scores) {
        return distance(scores, 1);
    }

    @Override
    public NDArray fakeLoss(NDArray scores) {
        return distance(scores, 0);
    }

    @Override
    public NDArray generatorLoss(NDArray fake) {
        return distance(fake, 1);
    }

    private static NDArray distance(NDArray scores, float target) {
        return Operators.scale(scores.sub(target).square().mean(), 0.5f);
    }

    @Override
    public String getSummary() {
        return "Mao et al. 2017: squared distance to the targets 1 and 0";
    }
}
