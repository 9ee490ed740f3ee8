package io.github.gan4j.optim;

import ai.djl.ndarray.NDList;

/**
 * A recipe for moving weights along gradients. The recipe is immutable and may serve several
 * players; what it remembers of each lives in an {@link Updater}.
 */
@FunctionalInterface
public interface Optimizer {

    /**
     * Starts to move a player's weights.
     *
     * @param parameters the trainable arrays, moved in place; their manager owns the state
     * @return the updater
     */
    Updater newUpdater(NDList parameters);
}
