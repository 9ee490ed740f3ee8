package io.github.gan4j.loss;

import ai.djl.ndarray.NDArray;
import io.github.gan4j.InvalidInputException;
import io.github.gan4j.SeparableLoss;
import io.github.gan4j.torch.Operators;

/**
 * The non-saturating loss (Goodfellow et al. 2014, section 3): the generator maximises the
 * probability that its samples are taken for real, so that it learns also while the discriminator
 * is sure.
 *
 * <p>\(L_D = -t\,\mathrm{E}\log\sigma(x) - (1-t)\,\mathrm{E}\log(1-\sigma(x)) -
 * \mathrm{E}\log(1-\sigma(y))\), \(L_G = -\mathrm{E}\log\sigma(y)\), where the target \(t\) is 1,
 * or less with one-sided label smoothing (Salimans et al. 2016, section 3.4).
 *
 * @param target the probability \(t\) that real samples should be given, above 0 and at most 1, for
 *     instance 0.9
 */
public record NonSaturatingLoss(float target) implements SeparableLoss {

    /**
     * Constructs the loss with one-sided label smoothing.
     *
     * @param target the probability that real samples should be given
     */
    public NonSaturatingLoss {
        if (!(target > 0 && target <= 1)) {
            throw new InvalidInputException(
                    "The target for real samples is "
                            + target
                            + "; it must be above 0 and at most 1, for instance 0.9.");
        }
    }

    /** Constructs the loss without label smoothing. */
    public NonSaturatingLoss() {
        this(1f);
    }

    @Override
    public NDArray realLoss(NDArray scores) {
        NDArray real = Logits.real(scores);
        if (target == 1) {
            return real;
        }
        NDArray smoothing = Operators.scale(Logits.fake(scores), 1 - target);
        return Operators.scale(real, target).add(smoothing);
    }

    @Override
    public NDArray fakeLoss(NDArray scores) {
        return Logits.fake(scores);
    }

    @Override
    public NDArray generatorLoss(NDArray fake) {
        return Logits.real(fake);
    }

    @Override
    public NDArray report(NDArray scores) {
        return Logits.probability(scores);
    }

    @Override
    public String getSummary() {
        return "Goodfellow et al. 2014: cross-entropy; the generator wants to be taken for real";
    }
}
