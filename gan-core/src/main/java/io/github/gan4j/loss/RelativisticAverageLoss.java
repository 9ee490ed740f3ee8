package io.github.gan4j.loss;

import ai.djl.ndarray.NDArray;
import io.github.gan4j.Loss;

/**
 * The relativistic average loss (Jolicoeur-Martineau 2018, RaSGAN): each sample is compared with
 * the mean of the other kind, whose gradient counts too.
 *
 * <p>\(L_D = -\mathrm{E}\log\sigma(x-\mathrm{E}y) - \mathrm{E}\log(1-\sigma(y-\mathrm{E}x))\),
 * \(L_G = -\mathrm{E}\log\sigma(y-\mathrm{E}x) - \mathrm{E}\log(1-\sigma(x-\mathrm{E}y))\).
 */
public record RelativisticAverageLoss() implements Loss {

    @Override
    public NDArray discriminatorLoss(NDArray real, NDArray fake) {
        NDArray aboveFake = real.sub(fake.mean());
        NDArray aboveReal = fake.sub(real.mean());
        return Logits.real(aboveFake).add(Logits.fake(aboveReal));
    }

    /** The discriminator's, the kinds swapped. */
    @Override
    public NDArray generatorLoss(NDArray real, NDArray fake) {
        return discriminatorLoss(fake, real);
    }

    @Override
    public boolean comparesScores() {
        return true;
    }

    @Override
    public String getName() {
        return "relativistic-average";
    }

    @Override
    public String getSummary() {
        return "Jolicoeur-Martineau 2018: each sample against the mean of the other kind";
    }
}
