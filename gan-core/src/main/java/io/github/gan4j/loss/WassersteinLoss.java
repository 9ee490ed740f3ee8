package io.github.gan4j.loss;

import ai.djl.ndarray.NDArray;
import io.github.gan4j.Loss;

/**
 * The Wasserstein loss (Arjovsky et al. 2017, equations 2 and 3): the critic's scores bound the
 * earth mover's distance, if something keeps the critic Lipschitz.
 *
 * <p>\(L_D = \mathrm{E}y - \mathrm{E}x\), \(L_G = -\mathrm{E}y\).
 */
public final class WassersteinLoss implements Loss {

    @Override
    public NDArray discriminatorLoss(NDArray real, NDArray fake) {
        return fake.mean().sub(real.mean());
    }

    @Override
    public NDArray generatorLoss(NDArray real, NDArray fake) {
        return fake.mean().neg();
    }
}
