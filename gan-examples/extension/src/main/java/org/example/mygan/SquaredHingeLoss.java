package org.example.mygan;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Activation;
import io.github.gan4j.Loss;

/** The hinge loss squared, so that samples just inside the margin hardly count. */
public record SquaredHingeLoss() implements Loss {

    @Override
    public NDArray discriminatorLoss(NDArray real, NDArray fake) {
        NDArray tooLow = Activation.relu(real.neg().add(1));
        NDArray tooHigh = Activation.relu(fake.add(1));
        return tooLow.square().mean().add(tooHigh.square().mean());
    }

    @Override
    public NDArray generatorLoss(NDArray real, NDArray fake) {
        return fake.mean().neg();
    }
}
