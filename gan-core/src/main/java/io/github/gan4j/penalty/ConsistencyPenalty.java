package io.github.gan4j.penalty;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.github.gan4j.Critic;
import io.github.gan4j.Discriminator;
import io.github.gan4j.InvalidInputException;
import io.github.gan4j.Penalty;
import io.github.gan4j.torch.Operators;

/**
 * Consistency regularisation (Zhang et al. 2020, equation 3): a real image and the same image
 * flipped and shifted should have the same score.
 *
 * <p>\(\lambda\,\mathrm{E}\,(D(x) - D(T(x)))^2\) over real samples, where \(T\) flips an image left
 * to right with probability 1/2 and shifts it by up to {@code shift} pixels each way, its margins
 * reflected; the paper's best augmentation (its section 4.1). A flip changes what digits and
 * letters mean: {@code flip=false} leaves it out.
 *
 * @param weight \(\lambda\), 10 in the paper
 * @param interval it is applied once in so many updates, and then so many times as heavy
 * @param shift the largest shift in pixels, 0 or more; 4 in the paper
 * @param flip whether images are flipped
 */
public record ConsistencyPenalty(float weight, int interval, int shift, boolean flip)
        implements Penalty {

    /**
     * Constructs the penalty.
     *
     * @param weight \(\lambda\), 0 or more
     * @param interval 1 or more
     * @param shift 0 or more
     * @param flip whether images are flipped
     */
    public ConsistencyPenalty {
        Weighted.check("consistency", weight, interval);
        Weighted.requireNotNegative("consistency", "shift", shift);
        if (shift == 0 && !flip) {
            throw new InvalidInputException(
                    "The penalty consistency neither shifts nor flips; set shift=4 or flip=true.");
        }
    }

    /** Constructs the penalty of the paper. */
    public ConsistencyPenalty() {
        this(10);
    }

    /**
     * Constructs the penalty, applied in every update.
     *
     * @param weight \(\lambda\), 0 or more
     */
    public ConsistencyPenalty(float weight) {
        this(weight, 1, 4, true);
    }

    @Override
    public NDArray evaluate(Critic critic, NDArray real, NDArray fake) {
        return compare(critic, real, FlipAndShift.draw(real, shift, flip));
    }

    NDArray compare(Critic critic, NDArray real, NDArray augmented) {
        NDArray gap = critic.score(real).sub(critic.score(augmented));
        return Operators.scale(gap.square().mean(), weight);
    }

    /** The loss needs the scores of the real samples too. */
    @Override
    public boolean readsScores() {
        return true;
    }

    @Override
    public void check(Discriminator discriminator) {
        Shape sample = discriminator.getSampleShape();
        if (sample.dimension() != 3) {
            throw new InvalidInputException(
                    ("The penalty consistency flips and shifts images (channels, height, width), but"
                                    + " samples are %s; use another penalty, for instance r1.")
                            .formatted(sample));
        }
        long side = Math.min(sample.get(1), sample.get(2));
        if (shift >= side) {
            throw new InvalidInputException(
                    "The shift of the penalty consistency is %d, but images are %d pixels wide or high; choose less."
                            .formatted(shift, side));
        }
        Shape[] inputs = discriminator.getInputShapes();
        for (int i = 1; i < inputs.length; i++) {
            if (inputs[i].dimension() > 1) {
                throw new InvalidInputException(
                        "The penalty consistency moves a picture, but not the other one that the discriminator compares it with; use another penalty, for instance r1.");
            }
        }
    }

    @Override
    public int getInterval() {
        return interval;
    }

    @Override
    public String getSummary() {
        return "Zhang et al. 2020: the same score for an image flipped and shifted";
    }
}
