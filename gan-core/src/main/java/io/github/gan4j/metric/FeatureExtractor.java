package io.github.gan4j.metric;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;

/** Turns pictures into features, and maybe into class probabilities. */
public interface FeatureExtractor extends AutoCloseable {

    /**
     * Returns the name, with its version; it is part of the names of protocols.
     *
     * @return for instance {@code "digits-v1"}
     */
    String getName();

    /**
     * Tells this extractor from all others, whatever they are called: what was computed with it is
     * kept under this text.
     *
     * @return the name unless overridden; better, a hash of the weights
     */
    default String getFingerprint() {
        return getName();
    }

    /**
     * Extracts features.
     *
     * @param images pictures, (N, C, H, W), float32 in [-1, 1], on any device
     * @return features, (N, D), float32; and, from an extractor that classifies, class
     *     probabilities, (N, K), float32
     */
    NDList extract(NDArray images);

    /** Frees what the extractor holds. */
    @Override
    void close();
}
