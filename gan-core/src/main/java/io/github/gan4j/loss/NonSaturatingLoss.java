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
 * <p>With label flipping (Chintala et al. 2016, tip 6) the discriminator is told of some samples,
 * drawn anew in each batch, that they were of the other kind.
 *
 * @param target the probability \(t\) that real samples should be given, above 0 and at most 1, for
 *     instance 0.9
 * @param flip the share of labels that are flipped, 0 or more and below 0.5, for instance 0.05
 */
public record NonSaturatingLoss(float target, float flip) implements SeparableLoss {

    /**
     * Constructs the loss with one-sided label smoothing and flipping.
     *
     * @param target the probability that real samples should be given
     * @param flip the share of labels that are flipped
     */
    public NonSaturatingLoss {
        if (!(target > 0 && target <= 1)) {
            throw new InvalidInputException(
                    "The target for real samples is "
                            + target
                            + "; it must be above 0 and at most 1, for instance 0.9.");
        }
        Labels.requireShare("non-saturating", flip);
    }

    /**
     * Constructs the loss with one-sided label smoothing.
     *
     * @param target the probability that real samples should be given
     */
    public NonSaturatingLoss(float target) {
        this(target, 0);
    }

    /** Constructs the loss with labels that are certain and right. */
    public NonSaturatingLoss() {
        this(1);
    }

    @Override
    public NDArray realLoss(NDArray scores) {
        return Labels.flip(saidReal(scores), () -> Logits.fakeEach(scores), flip);
    }

    @Override
    public NDArray fakeLoss(NDArray scores) {
        return Labels.flip(Logits.fakeEach(scores), () -> saidReal(scores), flip);
    }

    private NDArray saidReal(NDArray scores) {
        NDArray real = Logits.realEach(scores);
        if (target == 1) {
            return real;
        }
        NDArray smoothing = Operators.scale(Logits.fakeEach(scores), 1 - target);
        return Operators.scale(real, target).add(smoothing);
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
    public boolean drawsNumbers() {
        return flip > 0;
    }

    @Override
    public String getSummary() {
        return "Goodfellow et al. 2014: cross-entropy; the generator wants to be taken for real";
    }
}
