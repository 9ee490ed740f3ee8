package io.github.gan4j.loss;

import ai.djl.ndarray.NDArray;
import io.github.gan4j.Loss;

/**
 * The minimax loss (Goodfellow et al. 2014, equation 1): a zero-sum game. The generator's gradient
 * vanishes while the discriminator is sure; {@link NonSaturatingLoss} mends that.
 *
 * <p>\(L_D = -\mathrm{E}\log\sigma(x) - \mathrm{E}\log(1-\sigma(y))\), \(L_G =
 * \mathrm{E}\log(1-\sigma(y))\).
 */
public final class MinimaxLoss implements Loss {

    @Override
    public NDArray discriminatorLoss(NDArray real, NDArray fake) {
        return Logits.real(real).add(Logits.fake(fake));
    }

    @Override
    public NDArray generatorLoss(NDArray real, NDArray fake) {
        return Logits.fake(fake).neg();
    }

    @Override
    public NDArray report(NDArray scores) {
        return Logits.probability(scores);
    }
}
