package io.github.gan4j.penalty;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Activation;
import io.github.gan4j.Critic;
import io.github.gan4j.Penalty;
import io.github.gan4j.torch.Operators;

/**
 * The gradient penalty of WGAN-GP (Gulrajani et al. 2017, equation 3): between real and generated
 * samples the critic's gradient should have norm 1.
 *
 * <p>\(\lambda\,\mathrm{E}(\lVert\nabla_{\hat x} D(\hat x)\rVert - 1)^2\) with \(\hat x = \alpha x
 * + (1-\alpha) \tilde x\), \(\alpha\) uniform in [0, 1) for each sample. One-sided (their section
 * 4), only norms above 1 count.
 *
 * @param weight \(\lambda\), 10 in the paper
 * @param interval it is applied once in so many updates, and then so many times as heavy
 * @param oneSided whether norms below 1 are left alone
 */
public record GradientPenalty(float weight, int interval, boolean oneSided) implements Penalty {

    /**
     * Constructs the penalty.
     *
     * @param weight \(\lambda\), 0 or more
     * @param interval 1 or more
     * @param oneSided whether norms below 1 are left alone
     */
    public GradientPenalty {
        Weighted.check("gp", weight, interval);
    }

    /** Constructs the penalty of the paper. */
    public GradientPenalty() {
        this(10);
    }

    /**
     * Constructs the two-sided penalty, applied in every update.
     *
     * @param weight \(\lambda\), 0 or more
     */
    public GradientPenalty(float weight) {
        this(weight, 1, false);
    }

    @Override
    public NDArray evaluate(Critic critic, NDArray real, NDArray fake) {
        return evaluate(critic, real, fake, Points.shares(critic, real));
    }

    NDArray evaluate(Critic critic, NDArray real, NDArray fake, NDArray alpha) {
        NDArray between = Points.between(fake, real, alpha);
        NDArray excess = InputGradients.norms(critic, between).sub(1);
        if (oneSided) {
            excess = Activation.relu(excess);
        }
        return Operators.scale(excess.square().mean(), weight);
    }

    @Override
    public int getInterval() {
        return interval;
    }

    @Override
    public String getName() {
        return "gp";
    }

    @Override
    public String getSummary() {
        return "Gulrajani et al. 2017: gradients of norm 1 between real and generated samples";
    }
}
