package io.github.gan4j.penalty;

import ai.djl.ndarray.NDArray;
import io.github.gan4j.Critic;
import io.github.gan4j.Penalty;
import io.github.gan4j.torch.Operators;

/**
 * The R1 penalty (Mescheder et al. 2018, equation 9): the discriminator should be flat at real
 * samples.
 *
 * <p>\(R_1 = \frac\gamma2\,\mathrm{E}\,\lVert\nabla_x D(x)\rVert^2\) over real samples.
 *
 * @param weight \(\gamma\), 10 in the paper
 * @param interval it is applied once in so many updates, and then so many times as heavy
 */
public record R1Penalty(float weight, int interval) implements Penalty {

    /**
     * Constructs the penalty.
     *
     * @param weight \(\gamma\), 0 or more
     * @param interval 1 or more
     */
    public R1Penalty {
        Weighted.check("r1", weight, interval);
    }

    /** Constructs the penalty of the paper. */
    public R1Penalty() {
        this(10);
    }

    /**
     * Constructs the penalty, applied in every update.
     *
     * @param weight \(\gamma\), 0 or more
     */
    public R1Penalty(float weight) {
        this(weight, 1);
    }

    @Override
    public NDArray evaluate(Critic critic, NDArray real, NDArray fake) {
        return Operators.scale(InputGradients.squaredNorms(critic, real).mean(), weight / 2);
    }

    @Override
    public int getInterval() {
        return interval;
    }

    @Override
    public String getName() {
        return "r1";
    }

    @Override
    public String getSummary() {
        return "Mescheder et al. 2018: flat at real samples";
    }
}
