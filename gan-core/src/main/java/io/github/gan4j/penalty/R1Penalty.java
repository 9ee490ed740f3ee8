package io.github.gan4j.penalty;

import ai.djl.ndarray.NDArray;
import io.github.gan4j.Critic;
import io.github.gan4j.InvalidInputException;
import io.github.gan4j.Penalty;
import io.github.gan4j.torch.Operators;

/**
 * The R1 penalty (Mescheder et al. 2018, equation 9): the discriminator should be flat at real
 * samples.
 *
 * <p>\(R_1 = \frac\gamma2\,\mathrm{E}\,\lVert\nabla_x D(x)\rVert^2\) over real samples.
 */
public final class R1Penalty implements Penalty {

    private final float gamma;
    private final int interval;

    /**
     * Constructs the penalty, applied in every step.
     *
     * @param gamma the weight \(\gamma\)
     */
    public R1Penalty(float gamma) {
        this(gamma, 1);
    }

    /**
     * Constructs the penalty.
     *
     * @param gamma the weight \(\gamma\)
     * @param interval it is applied in every so many steps, and then so many times as heavy
     */
    public R1Penalty(float gamma, int interval) {
        if (!(gamma >= 0 && gamma < Float.POSITIVE_INFINITY)) {
            throw new InvalidInputException(
                    "The weight of the R1 penalty is " + gamma + "; it must be 0 or more.");
        }
        if (interval < 1) {
            throw new InvalidInputException(
                    "The interval of the R1 penalty is " + interval + "; it must be 1 or more.");
        }
        this.gamma = gamma;
        this.interval = interval;
    }

    @Override
    public NDArray evaluate(Critic critic, NDArray real, NDArray fake) {
        return Operators.scale(InputGradients.squaredNorms(critic, real).mean(), gamma / 2);
    }

    @Override
    public int getInterval() {
        return interval;
    }

    @Override
    public String getName() {
        return "r1";
    }
}
