package io.github.gan4j.penalty;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Activation;
import io.github.gan4j.Critic;
import io.github.gan4j.InvalidInputException;
import io.github.gan4j.Memory;
import io.github.gan4j.Penalty;
import io.github.gan4j.torch.GradMode;
import io.github.gan4j.torch.Operators;

/**
 * LeCam regularisation (Tseng et al. 2021, equation 3): scores should not run away from where those
 * of the other kind have been of late. It is made for little data.
 *
 * <p>\(\lambda\,(\mathrm{E}\max(0, x-\alpha_F)^2 + \mathrm{E}\max(0, \alpha_R-y)^2)\), where
 * \(\alpha_R\) and \(\alpha_F\) are moving averages of the mean scores of real and generated
 * samples, those of this batch included and without the bias of their beginning. As in the authors'
 * code, only scores on the far side of the average count.
 *
 * @param weight \(\lambda\), 0.3 in the paper
 * @param interval it is applied once in so many updates, and then so many times as heavy; the
 *     averages move only then
 * @param decay how much of an average is kept in each update, 0 or more and below 1
 */
public record LecamPenalty(float weight, int interval, float decay) implements Penalty {

    /**
     * Constructs the penalty.
     *
     * @param weight \(\lambda\), 0 or more
     * @param interval 1 or more
     * @param decay 0 or more, and below 1
     */
    public LecamPenalty {
        Weighted.check("lecam", weight, interval);
        if (!(decay >= 0 && decay < 1)) {
            throw new InvalidInputException(
                    "The decay of the penalty lecam is %s; it must be 0 or more, and below 1."
                            .formatted(decay));
        }
    }

    /** Constructs the penalty with a weight of 0.3. */
    public LecamPenalty() {
        this(0.3f);
    }

    /**
     * Constructs the penalty, applied in every update.
     *
     * @param weight \(\lambda\), 0 or more
     */
    public LecamPenalty(float weight) {
        this(weight, 1, 0.99f);
    }

    @Override
    public NDArray evaluate(Critic critic, NDArray real, NDArray fake) {
        NDArray realScores = critic.score(real);
        NDArray fakeScores = critic.score(fake);
        NDArray averages = remember(critic.getMemory(), realScores, fakeScores);
        NDArray above = Activation.relu(realScores.sub(averages.get(1)));
        NDArray below = Activation.relu(fakeScores.neg().add(averages.get(0)));
        return Operators.scale(above.square().mean().add(below.square().mean()), weight);
    }

    /** Moves the averages; returns that of real and that of generated samples. */
    private NDArray remember(Memory memory, NDArray real, NDArray fake) {
        try (GradMode recording = GradMode.off()) {
            // The third number is the share of all scores so far that the sums hold: 1 - decay^t.
            NDArray mean = real.mean().reshape(1);
            NDArray now = mean.concat(fake.mean().reshape(1)).concat(mean.onesLike());
            NDArray sums = Operators.scale(now, 1 - decay);
            NDArray before = memory.get("sums");
            if (before != null) {
                // Begins with an array of the step: the memory is not to own the product.
                sums = sums.add(Operators.scale(sums.zerosLike().add(before), decay));
            }
            memory.put("sums", sums);
            return sums.div(sums.get(2));
        }
    }

    @Override
    public boolean readsScores() {
        return true;
    }

    @Override
    public int getInterval() {
        return interval;
    }

    @Override
    public String getSummary() {
        return "Tseng et al. 2021: scores stay near the averages of the other kind";
    }
}
