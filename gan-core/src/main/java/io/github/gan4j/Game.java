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
     * Moves a player, and the moving average of its weights.
     *
     * @param player the player
     * @param gradients one gradient for each of the player's trainable parameters
     * @param rate a factor of the learning rate of this move
     */
    void apply(Player player, NDList gradients, double rate);

    /**
     * Moves a player, and the moving average of its weights.
     *
     * @param player the player
     * @param gradients one gradient for each of the player's trainable parameters
     */
    default void apply(Player player, NDList gradients) {
        apply(player, gradients, 1);
    }

    /**
     * Moves a player for a look from elsewhere: the moving average of its weights stays. Whoever
     * explores goes back with {@link Position#restore}.
     *
     * @param player the player
     * @param gradients one gradient for each of the player's trainable parameters
     */
    void explore(Player player, NDList gradients);

    /**
     * Remembers the weights of all players.
     *
     * @return where they stand, good until the end of the step
     */
    Position remember();

    /** Where the players stood. */
    @FunctionalInterface
    interface Position {

        /** Brings the weights of all players back; the memory of their optimisers goes on. */
        void restore();
    }

    /**
     * Returns what a player moves.
     *
     * @param player the player
     * @return its trainable arrays, which are not to be changed
     */
    NDList getWeights(Player player);

    /**
     * Imagines a round at other weights of a player. Nothing is a constant there: gradients flow
     * through the given weights, and through generated samples also in a discriminator's turn.
     *
     * @param round the round
     * @param player the player
     * @param weights an array for each of {@link #getWeights}
     * @return the same batch and latents, at those weights; generated samples are those of the
     *     round unless the weights are a generator's
     */
    Round imagine(Round round, Player player, NDList weights);

    /**
     * Computes a player's gradient in an imagined round, as a function that can be differentiated
     * again.
     *
     * @param player the player
     * @param imagined a round that {@link #imagine} returned for the player
     * @param ahead how many moves of the player have been imagined before this one; lazy penalties
     *     are applied in the moves whose turn it would be
     * @return one gradient for each of the player's trainable parameters
     */
    NDList differentiableGradients(Player player, Round imagined, int ahead);

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
