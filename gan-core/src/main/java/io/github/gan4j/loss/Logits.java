package io.github.gan4j.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Activation;

/** Logarithms of probabilities, computed from logits without overflow. */
final class Logits {

    private Logits() {}

    /** Returns the mean of {@link #realEach}. */
    static NDArray real(NDArray x) {
        return realEach(x).mean();
    }

    /** Returns the mean of {@link #fakeEach}. */
    static NDArray fake(NDArray x) {
        return fakeEach(x).mean();
    }

    /**
     * Returns {@code -log sigmoid(x)}, the cross-entropy of logits that should say <em>real</em>.
     */
    static NDArray realEach(NDArray x) {
        return Activation.softPlus(x.neg());
    }

    /**
     * Returns {@code -log(1 - sigmoid(x))}, the cross-entropy of logits that should say
     * <em>fake</em>.
     */
    static NDArray fakeEach(NDArray x) {
        return Activation.softPlus(x);
    }

    /** Returns the mean probability. */
    static NDArray probability(NDArray x) {
        return Activation.sigmoid(x).mean();
    }
}
