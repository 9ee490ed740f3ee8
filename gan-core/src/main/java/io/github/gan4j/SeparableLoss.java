package io.github.gan4j;

import ai.djl.ndarray.NDArray;

/**
 * A loss that is a sum of a term of real scores and a term of generated ones. Most are, and the
 * discriminator can then learn from the real samples, free that memory, and learn from the
 * generated ones.
 */
public interface SeparableLoss extends Loss {

    /**
     * Computes what the discriminator minimises on real samples.
     *
     * @param scores their scores
     * @return a scalar
     */
    NDArray realLoss(NDArray scores);

    /**
     * Computes what the discriminator minimises on generated samples.
     *
     * @param scores their scores
     * @return a scalar
     */
    NDArray fakeLoss(NDArray scores);

    /**
     * Computes what the generator minimises.
     *
     * @param fake the scores of generated samples
     * @return a scalar
     */
    NDArray generatorLoss(NDArray fake);

    @Override
    default NDArray discriminatorLoss(NDArray real, NDArray fake) {
        return realLoss(real).add(fakeLoss(fake));
    }

    @Override
    default NDArray generatorLoss(NDArray real, NDArray fake) {
        return generatorLoss(fake);
    }
}
