package io.github.gan4j.loss;

import ai.djl.ndarray.NDArray;
import io.github.gan4j.Loss;

/**
 * The relativistic pairing loss (Jolicoeur-Martineau 2018; the loss of R3GAN, Huang et al. 2024,
 * equation 2): each generated sample is compared with a real one.
 *
 * <p>\(L_D = -\mathrm{E}\log\sigma(x-y)\), \(L_G = -\mathrm{E}\log\sigma(y-x)\).
 */
public record RelativisticPairingLoss() implements Loss {

    @Override
    public NDArray discriminatorLoss(NDArray real, NDArray fake) {
        return Logits.real(real.sub(fake));
    }

    @Override
    public NDArray generatorLoss(NDArray real, NDArray fake) {
        return Logits.real(fake.sub(real));
    }

    @Override
    public boolean comparesScores() {
        return true;
    }

    @Override
    public String getName() {
        return "relativistic";
    }

    @Override
    public String getSummary() {
        return "Jolicoeur-Martineau 2018: each sample against one of the other kind";
    }
}
