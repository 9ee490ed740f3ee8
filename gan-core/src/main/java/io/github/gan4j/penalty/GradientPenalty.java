package io.github.gan4j.penalty;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.github.gan4j.Critic;
import io.github.gan4j.InvalidInputException;
import io.github.gan4j.Penalty;
import io.github.gan4j.torch.Operators;
import java.util.Arrays;

/**
 * The gradient penalty of WGAN-GP (Gulrajani et al. 2017, equation 3): between real and generated
 * samples the critic's gradient should have norm 1.
 *
 * <p>\(\lambda\,\mathrm{E}(\lVert\nabla_{\hat x} D(\hat x)\rVert - 1)^2\) with \(\hat x = \alpha x
 * + (1-\alpha) \tilde x\), \(\alpha\) uniform in [0, 1) for each sample.
 */
public final class GradientPenalty implements Penalty {

    /** Keeps the gradient of the root finite where the critic is flat. */
    private static final float TINY = 1e-12f;

    private final float weight;

    /**
     * Constructs the penalty.
     *
     * @param weight the weight \(\lambda\), 10 in the paper
     */
    public GradientPenalty(float weight) {
        if (!(weight >= 0 && weight < Float.POSITIVE_INFINITY)) {
            throw new InvalidInputException(
                    "The weight of the gradient penalty is " + weight + "; it must be 0 or more.");
        }
        this.weight = weight;
    }

    @Override
    public NDArray evaluate(Critic critic, NDArray real, NDArray fake) {
        long[] perSample = new long[real.getShape().dimension()];
        Arrays.fill(perSample, 1);
        perSample[0] = real.getShape().get(0);
        NDArray alpha = real.getManager().randomUniform(0f, 1f, new Shape(perSample));
        return evaluate(critic, real, fake, alpha);
    }

    NDArray evaluate(Critic critic, NDArray real, NDArray fake, NDArray alpha) {
        NDArray between = fake.add(real.sub(fake).mul(alpha));
        NDArray norms = InputGradients.squaredNorms(critic, between).add(TINY).sqrt();
        return Operators.scale(norms.sub(1).square().mean(), weight);
    }
}
