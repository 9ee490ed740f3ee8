package io.github.gan4j;

import ai.djl.ndarray.NDList;

/** The game in progress, as a {@link TrainingStrategy} plays it. */
public interface Game {

    /**
     * Returns the game's description.
     *
     * @return players and networks
     */
    Gan getGan();

    /**
     * Returns the number of the step, counted from 0.
     *
     * @return the step
     */
    long getStep();

    /**
     * Draws the next batch.
     *
     * @param shared whether the generator moves in this round after a discriminator has seen its
     *     samples, so that the samples' graph is worth keeping
     * @return the round
     */
    Round nextRound(boolean shared);

    /**
     * Computes a player's gradient, and moves nobody.
     *
     * @param player the player
     * @param round the batch
     * @return one gradient for each of the player's trainable parameters
     * @throws NonFiniteTermException if a term of the objective is infinite or not a number
     */
    NDList gradients(Player player, Round round);

    /**
     * Moves a player.
     *
     * @param player the player
     * @param gradients one gradient for each of the player's trainable parameters
     */
    void apply(Player player, NDList gradients);

    /**
     * Moves a player by its gradient in this round.
     *
     * @param player the player
     * @param round the batch
     * @throws NonFiniteTermException if a term of the objective is infinite or not a number
     */
    default void update(Player player, Round round) {
        apply(player, gradients(player, round));
    }
}
