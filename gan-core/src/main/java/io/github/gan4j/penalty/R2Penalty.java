package io.github.gan4j.penalty;

import ai.djl.ndarray.NDArray;
import io.github.gan4j.Critic;
import io.github.gan4j.Penalty;
import io.github.gan4j.torch.Operators;

/**
 * The R2 penalty (Mescheder et al. 2018, equation 10): the discriminator should be flat at
 * generated samples. R3GAN (Huang et al. 2024) adds it to {@link R1Penalty}.
 *
 * <p>\(R_2 = \frac\gamma2\,\mathrm{E}\,\lVert\nabla_{\tilde x} D(\tilde x)\rVert^2\) over generated
 * samples.
 *
 * @param weight \(\gamma\), 10 in the paper
 * @param interval it is applied once in so many updates, and then so many times as heavy
 */
public record R2Penalty(float weight, int interval) implements Penalty {

    /**
     * Constructs the penalty.
     *
     * @param weight \(\gamma\), 0 or more
     * @param interval 1 or more
     */
    public R2Penalty {
        Weighted.check("r2", weight, interval);
    }

    /** Constructs the penalty of the paper. */
    public R2Penalty() {
        this(10);
    }

    /**
     * Constructs the penalty, applied in every update.
     *
     * @param weight \(\gamma\), 0 or more
     */
    public R2Penalty(float weight) {
        this(weight, 1);
    }

    @Override
    public NDArray evaluate(Critic critic, NDArray real, NDArray fake) {
        return Operators.scale(InputGradients.squaredNorms(critic, fake).mean(), weight / 2);
    }

    @Override
    public int getInterval() {
        return interval;
    }

    @Override
    public String getName() {
        return "r2";
    }

    @Override
    public String getSummary() {
        return "Mescheder et al. 2018: flat at generated samples";
    }
}
