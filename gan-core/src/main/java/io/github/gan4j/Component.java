package io.github.gan4j;

/**
 * An idea of a paper that has a name: a {@link Loss}, a {@link Penalty}, a {@link
 * TrainingStrategy}, a {@link Schedule}. Users put it into a game by that name, as in {@code
 * --penalty r1=10}, see {@link Components}.
 *
 * <p>Best written as a record: its components are then the options that users may set.
 */
public interface Component {

    /**
     * Returns the name that users call it by.
     *
     * @return lower-case words joined by hyphens
     */
    String getName();

    /**
     * Returns what it is, in one line.
     *
     * @return authors, year, and the idea; empty unless overridden
     */
    default String getSummary() {
        return "";
    }

    /**
     * Refuses a game that this cannot be part of.
     *
     * @param gan the game
     * @throws InvalidInputException if it cannot; one line that says why, and what to do
     */
    default void check(Gan gan) {
        // Most ideas go with all others.
    }
}
