package io.github.gan4j.run;

/**
 * A training that could not go on, for no mistake of the user's: it diverged, or the disk is full.
 * The message is one line that names the last good checkpoint.
 */
public class TrainingException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * Constructs an exception.
     *
     * @param message one line: what happened, and what to do
     * @param cause what brought it to light
     */
    public TrainingException(String message, Throwable cause) {
        super(message, cause);
    }
}
