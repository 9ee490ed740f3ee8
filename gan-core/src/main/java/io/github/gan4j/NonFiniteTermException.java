package io.github.gan4j;

/**
 * A term of an objective became infinite or not a number. The player has not moved: its weights are
 * those of the step before.
 */
public class NonFiniteTermException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** The term, as {@code player/term}. */
    private final String term;

    /** The step, counted from 1. */
    private final long step;

    /**
     * Constructs an exception.
     *
     * @param term the term, as {@code player/term}
     * @param value its value
     * @param step the step, counted from 1
     */
    public NonFiniteTermException(String term, float value, long step) {
        super(
                "Training diverged: "
                        + term
                        + " became "
                        + value
                        + " in step "
                        + step
                        + ". Lower the learning rates, or add a penalty.");
        this.term = term;
        this.step = step;
    }

    /**
     * Returns the name of the term.
     *
     * @return {@code player/term}
     */
    public String getTerm() {
        return term;
    }

    /**
     * Returns the step in which it happened.
     *
     * @return the step, counted from 1
     */
    public long getStep() {
        return step;
    }
}
