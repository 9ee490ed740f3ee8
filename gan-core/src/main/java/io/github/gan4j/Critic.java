package io.github.gan4j;

import ai.djl.ndarray.NDArray;

/**
 * The discriminator as a function of samples alone, its weights and conditions held fixed: what a
 * {@link Penalty} looks at.
 */
@FunctionalInterface
public interface Critic {

    /**
     * Scores samples.
     *
     * @param samples as many samples as there are in the batch
     * @return their scores, from which gradients flow back to the samples and to the weights
     */
    NDArray score(NDArray samples);

    /**
     * Returns how many samples are scored as one: so many neighbours of the batch are one point to
     * the discriminator, see {@link PackedDiscriminator}.
     *
     * @return 1 unless overridden
     */
    default int getPacking() {
        return 1;
    }

    /**
     * Returns what the penalty remembers from step to step.
     *
     * @return a memory of the penalty's own, which checkpoints hold
     */
    default Memory getMemory() {
        throw new UnsupportedOperationException("This critic has no memory.");
    }
}
