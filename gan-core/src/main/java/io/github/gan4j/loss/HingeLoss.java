package io.github.gan4j.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Activation;
import io.github.gan4j.Loss;

/**
 * The hinge loss (Lim and Ye 2017, equations 4 and 5): the discriminator stops caring about samples
 * beyond the margin.
 *
 * <p>\(L_D = \mathrm{E}\max(0, 1-x) + \mathrm{E}\max(0, 1+y)\), \(L_G = -\mathrm{E}y\).
 */
public final class HingeLoss implements Loss {

    @Override
    public NDArray discriminatorLoss(NDArray real, NDArray fake) {
        NDArray realLoss = Activation.relu(real.neg().add(1)).mean();
        return realLoss.add(Activation.relu(fake.add(1)).mean());
    }

    @Override
    public NDArray generatorLoss(NDArray real, NDArray fake) {
        return fake.mean().neg();
    }
}
