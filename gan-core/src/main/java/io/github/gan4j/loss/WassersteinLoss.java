package io.github.gan4j.loss;

import ai.djl.ndarray.NDArray;
import io.github.gan4j.SeparableLoss;

/**
 * The Wasserstein loss (Arjovsky et al. 2017, equations 2 and 3): the critic's scores bound the
 * earth mover's distance, if something keeps the critic Lipschitz.
 *
 * <p>\(L_D = \mathrm{E}y - \mathrm{E}x\), \(L_G = -\mathrm{E}y\).
 */
public record WassersteinLoss() implements SeparableLoss {

    @Override
    public NDArray realLoss(NDArray scores) {
        return scores.mean().neg();
    }

    @Override
    public NDArray fakeLoss(NDArray scores) {
        return scores.mean();
    }

    @Override
    public NDArray generatorLoss(NDArray fake) {
        return fake.mean().neg();
    }

    @Override
    public String getSummary() {
        return "Arjovsky et al. 2017: the difference of mean scores; needs a Lipschitz critic";
    }
}
