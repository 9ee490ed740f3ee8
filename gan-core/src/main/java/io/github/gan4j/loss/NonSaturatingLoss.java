package io.github.gan4j.loss;

import ai.djl.ndarray.NDArray;
import io.github.gan4j.InvalidInputException;
import io.github.gan4j.Loss;
import io.github.gan4j.torch.Operators;

/**
 * The non-saturating loss (Goodfellow et al. 2014, section 3): the generator maximises the
 * probability that its samples are taken for real, so that it learns also while the discriminator
 * is sure.
 *
 * <p>\(L_D = -t\,\mathrm{E}\log\sigma(x) - (1-t)\,\mathrm{E}\log(1-\sigma(x)) -
 * \mathrm{E}\log(1-\sigma(y))\), \(L_G = -\mathrm{E}\log\sigma(y)\), where the target \(t\) is 1,
 * or less with one-sided label smoothing (Salimans et al. 2016, section 3.4).
 */
public final class NonSaturatingLoss implements Loss {

    private final float realTarget;

    /** Constructs the loss without label smoothing. */
    public NonSaturatingLoss() {
        this(1f);
    }

    /**
     * Constructs the loss with one-sided label smoothing.
     *
     * @param realTarget the probability that real samples should be given, above 0 and at most 1,
     *     for instance 0.9
     */
    public NonSaturatingLoss(float realTarget) {
        if (!(realTarget > 0 && realTarget <= 1)) {
            throw new InvalidInputException(
                    "The target for real samples is "
                            + realTarget
                            + "; it must be above 0 and at most 1, for instance 0.9.");
        }
        this.realTarget = realTarget;
    }

    @Override
    public NDArray discriminatorLoss(NDArray real, NDArray fake) {
        NDArray realLoss = Logits.real(real);
        if (realTarget < 1) {
            NDArray smoothing = Operators.scale(Logits.fake(real), 1 - realTarget);
            realLoss = Operators.scale(realLoss, realTarget).add(smoothing);
        }
        return realLoss.add(Logits.fake(fake));
    }

    @Override
    public NDArray generatorLoss(NDArray real, NDArray fake) {
        return Logits.real(fake);
    }

    @Override
    public NDArray report(NDArray scores) {
        return Logits.probability(scores);
    }
}
