package io.github.gan4j.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Activation;
import io.github.gan4j.SeparableLoss;

/**
 * The hinge loss (Lim and Ye 2017, equations 4 and 5): the discriminator stops caring about samples
 * beyond the margin.
 *
 * <p>\(L_D = \mathrm{E}\max(0, 1-x) + \mathrm{E}\max(0, 1+y)\), \(L_G = -\mathrm{E}y\).
 */
public record HingeLoss() implements SeparableLoss {

    @Override
    public NDArray realLoss(NDArray scores) {
        return Activation.relu(scores.neg().add(1)).mean();
    }

    @Override
    public NDArray fakeLoss(NDArray scores) {
        return Activation.relu(scores.add(1)).mean();
    }

    @Override
    public NDArray generatorLoss(NDArray fake) {
        return fake.mean().neg();
    }

    @Override
    public String getSummary() {
        return "Lim and Ye 2017: no reward beyond the margin";
    }
}
