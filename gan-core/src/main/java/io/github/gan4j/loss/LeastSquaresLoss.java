package io.github.gan4j.loss;

import ai.djl.ndarray.NDArray;
import io.github.gan4j.InvalidInputException;
import io.github.gan4j.SeparableLoss;
import io.github.gan4j.torch.Operators;

/**
 * The least-squares loss (Mao et al. 2017, equation 2): scores are pulled to targets.
 *
 * <p>\(L_D = \frac12\mathrm{E}(x-b)^2 + \frac12\mathrm{E}(y-a)^2\), \(L_G =
 * \frac12\mathrm{E}(y-c)^2\). The targets \(b = c = 1\), \(a = 0\) are those of equation 9; with
 * \(b = 1\), \(a = -1\), \(c = 0\) (equation 8) the game minimises a Pearson \(\chi^2\) divergence.
 * A \(b\) below 1, say 0.9, is one-sided label smoothing.
 *
 * @param real the score \(b\) that the discriminator should give to real samples
 * @param fake the score \(a\) that it should give to generated ones, another
 * @param generator the score \(c\) that the generator wants for its samples
 * @param flip the share of labels that are flipped in each batch, 0 or more and below 0.5 (Chintala
 *     et al. 2016, tip 6)
 */
public record LeastSquaresLoss(float real, float fake, float generator, float flip)
        implements SeparableLoss {

    /**
     * Constructs the loss with targets of one's own.
     *
     * @param real the target of real samples
     * @param fake the target of generated ones
     * @param generator the target of the generator
     * @param flip the share of labels that are flipped
     */
    public LeastSquaresLoss {
        requireFinite("real", real);
        requireFinite("fake", fake);
        requireFinite("generator", generator);
        if (real == fake) {
            throw new InvalidInputException(
                    "The targets real and fake of the loss least-squares are both %s; they must differ."
                            .formatted(real));
        }
        Labels.requireShare("least-squares", flip);
    }

    /** Constructs the loss with the targets 1, 0 and 1. */
    public LeastSquaresLoss() {
        this(1, 0, 1, 0);
    }

    private static void requireFinite(String option, float target) {
        if (!Float.isFinite(target)) {
            throw new InvalidInputException(
                    "The target %s of the loss least-squares is %s; it must be a finite number."
                            .formatted(option, target));
        }
    }

    @Override
    public NDArray realLoss(NDArray scores) {
        return half(Labels.flip(distance(scores, real), () -> distance(scores, fake), flip));
    }

    @Override
    public NDArray fakeLoss(NDArray scores) {
        return half(Labels.flip(distance(scores, fake), () -> distance(scores, real), flip));
    }

    @Override
    public NDArray generatorLoss(NDArray scores) {
        return half(distance(scores, generator).mean());
    }

    private static NDArray distance(NDArray scores, float target) {
        return scores.sub(target).square();
    }

    private static NDArray half(NDArray value) {
        return Operators.scale(value, 0.5f);
    }

    @Override
    public boolean drawsNumbers() {
        return flip > 0;
    }

    @Override
    public String getSummary() {
        return "Mao et al. 2017: squared distance to the targets 1 and 0";
    }
}
