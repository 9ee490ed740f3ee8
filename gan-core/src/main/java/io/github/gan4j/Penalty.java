package io.github.gan4j;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;

/**
 * What keeps the discriminator smooth: a term of its objective, or a constraint on its weights.
 *
 * <p>A penalty is a pure function of the discriminator and of its inputs. What it must remember
 * from step to step it keeps in {@link Critic#getMemory()}, never in a field.
 */
public interface Penalty extends Component {

    /**
     * Computes the penalty, its weight included.
     *
     * @param critic the discriminator; its scores may be differentiated twice
     * @param real real samples {@code (N, ...)}
     * @param fake generated samples {@code (N, ...)}, from which no gradient reaches the generator
     * @return a scalar to add to the discriminator's loss, or {@code null} for a penalty that is a
     *     constraint only
     */
    NDArray evaluate(Critic critic, NDArray real, NDArray fake);

    /**
     * Refuses a discriminator that this cannot be a penalty of; there may be several in a game.
     *
     * @param discriminator the discriminator
     * @throws InvalidInputException if it cannot; one line that says why, and what to do
     */
    default void check(Discriminator discriminator) {
        // Most penalties are for all.
    }

    /**
     * Enforces a constraint after each move of the discriminator, with gradients off.
     *
     * @param weights the trainable arrays of the discriminator, to be changed in place
     */
    default void constrain(NDList weights) {
        // Most penalties are terms.
    }

    /**
     * Tells whether {@link #constrain} does anything.
     *
     * @return {@code false} unless overridden
     */
    default boolean isConstraint() {
        return false;
    }

    /**
     * Tells whether the penalty looks at the scores that the loss is computed of: {@link
     * Critic#score} then gives those for the real and the generated samples, instead of computing
     * them again. Where the loss is not computed in float32 it does compute them again, as exactly
     * as all other scores of the penalty.
     *
     * @return {@code false} unless overridden
     */
    default boolean readsScores() {
        return false;
    }

    /**
     * Returns how often the penalty is applied: once in so many updates of the discriminator, and
     * then so many times as heavy (lazy regularisation; Karras et al. 2020, section 3.1). As the
     * penalty is added to the loss of that update, and takes no optimiser step of its own, Adam's
     * constants need no change.
     *
     * @return 1, every update, unless overridden
     */
    default int getInterval() {
        return 1;
    }

    @Override
    default String getName() {
        return ComponentNames.of(getClass(), "Penalty");
    }
}
