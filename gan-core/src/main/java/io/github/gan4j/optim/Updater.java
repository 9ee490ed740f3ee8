package io.github.gan4j.optim;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.Map;

/**
 * An {@link Optimizer} at work on one player's weights.
 *
 * <p>Arrays that are kept from update to update are made when the updater is; those made in {@link
 * #update} are freed at the end of the step.
 */
public interface Updater {

    /**
     * Moves the weights.
     *
     * @param gradients one gradient for each parameter, in order
     * @param update the number of this update, counted from 1
     * @param step the step of the training that it is part of, counted from 0, at which schedules
     *     are read: a player that moves five times a step does not get ahead of its schedule
     * @param rate a factor of the learning rate of this update
     */
    void update(NDList gradients, long update, long step, double rate);

    /**
     * Moves the weights at the learning rate that the optimiser was given, in a training of one
     * update a step.
     *
     * @param gradients one gradient for each parameter, in order
     * @param update the number of this update, counted from 1
     */
    default void update(NDList gradients, long update) {
        update(gradients, update, update - 1, 1);
    }

    /**
     * Returns what the optimiser remembers from update to update, for checkpoints: writing into
     * these arrays restores it.
     *
     * @return arrays by name; empty if it remembers nothing
     */
    Map<String, NDArray> getState();
}
