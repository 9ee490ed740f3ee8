package io.github.gan4j.loss;

import ai.djl.ndarray.NDArray;
import io.github.gan4j.SeparableLoss;

/**
 * The minimax loss (Goodfellow et al. 2014, equation 1): a zero-sum game. The generator's gradient
 * vanishes while the discriminator is sure; {@link NonSaturatingLoss} mends that. It has neither
 * smoothing nor flipping of labels, with which the sum would not be zero.
 *
 * <p>\(L_D = -\mathrm{E}\log\sigma(x) - \mathrm{E}\log(1-\sigma(y))\), \(L_G =
 * \mathrm{E}\log(1-\sigma(y))\).
 */
public record MinimaxLoss() implements SeparableLoss {

    @Override
    public NDArray realLoss(NDArray scores) {
        return Logits.real(scores);
    }

    @Override
    public NDArray fakeLoss(NDArray scores) {
        return Logits.fake(scores);
    }

    @Override
    public NDArray generatorLoss(NDArray fake) {
        return Logits.fake(fake).neg();
    }

    @Override
    public NDArray report(NDArray scores) {
        return Logits.probability(scores);
    }

    @Override
    public String getSummary() {
        return "Goodfellow et al. 2014: the zero-sum game";
    }
}
