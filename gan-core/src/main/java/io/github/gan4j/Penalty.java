package io.github.gan4j;

import ai.djl.ndarray.NDArray;

/** A term that keeps the discriminator smooth, as a pure function of it and of its inputs. */
public interface Penalty {

    /**
     * Computes the penalty, its weight included.
     *
     * @param critic the discriminator; its scores may be differentiated twice
     * @param real real samples {@code (N, ...)}
     * @param fake generated samples {@code (N, ...)}, from which no gradient reaches the generator
     * @return a scalar to add to the discriminator's loss
     */
    NDArray evaluate(Critic critic, NDArray real, NDArray fake);

    /**
     * Returns how often the penalty is applied: every so many steps, and then so many times as
     * heavy (lazy regularisation; Karras et al. 2020, section 3.1).
     *
     * @return 1, every step, unless overridden
     */
    default int getInterval() {
        return 1;
    }

    /**
     * Returns the name that users call the penalty by.
     *
     * @return the class name in lower case with hyphens, unless overridden
     */
    default String getName() {
        return ComponentNames.of(getClass(), "Penalty");
    }
}
