package io.github.gan4j.penalty;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.github.gan4j.Critic;
import io.github.gan4j.Penalty;
import io.github.gan4j.torch.GradMode;
import io.github.gan4j.torch.Operators;
import io.github.gan4j.torch.TorchFunction;

/**
 * The penalty of DRAGAN (Kodali et al. 2017, section 2.3): around real samples the discriminator's
 * gradient should have norm 1.
 *
 * <p>\(\lambda\,\mathrm{E}(\lVert\nabla_{\hat x} D(\hat x)\rVert - 1)^2\) with the noise of the
 * authors' code: \(\hat x = x + \alpha\,c\,s\,u\), where \(s\) is the standard deviation of all
 * elements of the batch, \(u\) uniform in [0, 1) for each element, \(\alpha\) uniform in [0, 1) for
 * each sample.
 *
 * @param weight \(\lambda\), 10 in the paper
 * @param interval it is applied once in so many updates, and then so many times as heavy
 * @param radius \(c\), how far around, in standard deviations; 0.5 in the authors' code
 */
public record DraganPenalty(float weight, int interval, float radius) implements Penalty {

    /** The deviation of the batch as a population, which one sample has too. */
    private static final TorchFunction DEVIATION =
            TorchFunction.of("x: Tensor", "return torch.std(x, False)");

    /**
     * Constructs the penalty.
     *
     * @param weight \(\lambda\), 0 or more
     * @param interval 1 or more
     * @param radius \(c\), 0 or more
     */
    public DraganPenalty {
        Weighted.check("dragan", weight, interval);
        Weighted.requireNotNegative("dragan", "radius", radius);
    }

    /** Constructs the penalty of the paper. */
    public DraganPenalty() {
        this(10);
    }

    /**
     * Constructs the penalty, applied in every update.
     *
     * @param weight \(\lambda\), 0 or more
     */
    public DraganPenalty(float weight) {
        this(weight, 1, 0.5f);
    }

    @Override
    public NDArray evaluate(Critic critic, NDArray real, NDArray fake) {
        NDArray noise =
                real.getManager().randomUniform(0f, 1f, real.getShape(), real.getDataType());
        return evaluateAt(critic, real, noise, Points.shares(critic, real));
    }

    /** The penalty for given draws: noise in [0, 1) for each element, alpha for each sample. */
    NDArray evaluateAt(Critic critic, NDArray real, NDArray noise, NDArray alpha) {
        NDArray excess = InputGradients.norms(critic, around(real, noise, alpha)).sub(1);
        return Operators.scale(excess.square().mean(), weight);
    }

    private NDArray around(NDArray real, NDArray noise, NDArray alpha) {
        try (GradMode recording = GradMode.off()) {
            NDManager manager = real.getManager();
            NDArray reach = Operators.scale(DEVIATION.call(manager, real), radius);
            return real.add(noise.mul(alpha).mul(reach));
        }
    }

    @Override
    public int getInterval() {
        return interval;
    }

    @Override
    public String getSummary() {
        return "Kodali et al. 2017: gradients of norm 1 around real samples";
    }
}
