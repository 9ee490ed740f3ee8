package io.github.gan4j.run;

/** Weights that are not finite, found when a checkpoint was to be written. */
final class NonFiniteWeightsException extends TrainingException {

    private static final long serialVersionUID = 1L;

    NonFiniteWeightsException(String message) {
        super(message, null);
    }
}
