package io.github.gan4j;

/**
 * A mistake of the user's that the user can mend: an unknown name, a value out of range, a missing
 * folder, an altered file.
 *
 * <p>The message is one line that names the problem and the next step; the command line prints it
 * as it is and exits with status 2.
 */
public class InvalidInputException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    /**
     * Constructs an exception.
     *
     * @param message one line: what was wrong, and what to do
     */
    public InvalidInputException(String message) {
        super(message);
    }

    /**
     * Constructs an exception with its cause.
     *
     * @param message one line: what was wrong, and what to do
     * @param cause what brought the problem to light
     */
    public InvalidInputException(String message, Throwable cause) {
        super(message, cause);
    }

    /**
     * Refuses a number that is too small.
     *
     * @param least what it must be at least
     * @param name what the number is called
     * @param value a whole number; {@code null} if none was given, which passes
     * @throws InvalidInputException if it is less
     */
    public static void requireAtLeast(long least, String name, Number value) {
        if (value != null && value.longValue() < least) {
            throw new InvalidInputException(
                    "%s is %d; it must be %d or more.".formatted(name, value, least));
        }
    }
}
