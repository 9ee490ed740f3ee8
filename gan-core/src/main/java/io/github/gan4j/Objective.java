package io.github.gan4j;

import java.util.List;

/**
 * What a player minimises, computed for one round of the game.
 *
 * <p>An objective runs networks through {@link Round#forward} and combines their outputs. It steps
 * no optimiser and changes no weight.
 */
@FunctionalInterface
public interface Objective {

    /**
     * Computes the terms of the objective.
     *
     * @param round the batch, the latents and the networks
     * @return the terms, whose sum is minimised over the player's own parameters
     */
    Terms evaluate(Round round);

    /**
     * Adds objectives up: what a player of several networks wants. What one of them generates with
     * {@link Round#generated} must not be used by another, whose gradient comes later.
     *
     * @param objectives the objectives
     * @return their sum, whose parts are theirs
     */
    static Objective sum(List<? extends Objective> objectives) {
        return new SumObjective(objectives, false);
    }

    /**
     * Adds objectives up like {@link #sum}, and lets them be computed at once, by threads that
     * share the processor's cores: small networks leave cores idle in one computation, and not in
     * two. None of them may draw random numbers from the engine, for their order would be left to
     * chance; see {@link Round#getChance}. Nor may two of them run a network that leaves statistics
     * of its batches behind, such as one with batch norm.
     *
     * @param objectives the objectives
     * @return their sum, whose parts are theirs
     */
    static Objective parallelSum(List<? extends Objective> objectives) {
        return new SumObjective(objectives, true);
    }

    /**
     * Returns the ideas that the objective is made of, so that a game can look at what goes
     * together.
     *
     * @return losses, penalties and auxiliaries; none unless overridden
     */
    default List<Component> getComponents() {
        return List.of();
    }

    /**
     * Returns objectives that add up to this one. Each is differentiated, and what it computed is
     * freed, before the next is evaluated.
     *
     * @return the parts; this objective alone unless overridden
     */
    default List<Objective> getParts() {
        return List.of(this);
    }

    /**
     * Returns objectives that add up to this one and may be computed at once, each of them part by
     * part.
     *
     * @return this objective alone unless overridden
     */
    default List<Objective> getParallelParts() {
        return List.of(this);
    }
}
