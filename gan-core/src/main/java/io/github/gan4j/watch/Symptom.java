package io.github.gan4j.watch;

/** What may be wrong with a training. */
public enum Symptom {
    /** A term or a weight became infinite or not a number. */
    NOT_FINITE(true),
    /** A player's gradient is a hundred times as long as it was. */
    EXPLODING_GRADIENT(true),
    /** Generated samples have become alike. */
    COLLAPSE(true),
    /** The discriminator is right about every sample, so the generator learns nothing. */
    DISCRIMINATOR_RIGHT(false),
    /** The discriminator takes generated samples for more real than real ones. */
    DISCRIMINATOR_WRONG(false);

    private final boolean fatal;

    Symptom(boolean fatal) {
        this.fatal = fatal;
    }

    /**
     * Tells whether going on from where the training stands is of little use.
     *
     * @return whether an earlier state of the training is the better one
     */
    public boolean isFatal() {
        return fatal;
    }
}
