package io.github.gan4j.penalty;

import ai.djl.ndarray.NDArray;
import io.github.gan4j.Critic;
import io.github.gan4j.Penalty;
import io.github.gan4j.torch.Operators;

/**
 * The zero-centred gradient penalty (Thanh-Tung et al. 2019, equation 9): between real and
 * generated samples the discriminator should be flat.
 *
 * <p>\(\lambda\,\mathrm{E}\,\lVert\nabla_{\hat x} D(\hat x)\rVert^2\) with \(\hat x = \alpha x +
 * (1-\alpha) \tilde x\), \(\alpha\) uniform in [0, 1) for each sample.
 *
 * @param weight \(\lambda\), 100 in the paper
 * @param interval it is applied once in so many updates, and then so many times as heavy
 */
public record ZeroCenteredGradientPenalty(float weight, int interval) implements Penalty {

    /**
     * Constructs the penalty.
     *
     * @param weight \(\lambda\), 0 or more
     * @param interval 1 or more
     */
    public ZeroCenteredGradientPenalty {
        Weighted.check("gp0", weight, interval);
    }

    /** Constructs the penalty of the paper. */
    public ZeroCenteredGradientPenalty() {
        this(100);
    }

    /**
     * Constructs the penalty, applied in every update.
     *
     * @param weight \(\lambda\), 0 or more
     */
    public ZeroCenteredGradientPenalty(float weight) {
        this(weight, 1);
    }

    @Override
    public NDArray evaluate(Critic critic, NDArray real, NDArray fake) {
        return evaluate(critic, real, fake, Points.shares(critic, real));
    }

    NDArray evaluate(Critic critic, NDArray real, NDArray fake, NDArray alpha) {
        NDArray between = Points.between(fake, real, alpha);
        return Operators.scale(InputGradients.squaredNorms(critic, between).mean(), weight);
    }

    @Override
    public int getInterval() {
        return interval;
    }

    @Override
    public String getName() {
        return "gp0";
    }

    @Override
    public String getSummary() {
        return "Thanh-Tung et al. 2019: flat between real and generated samples";
    }
}
