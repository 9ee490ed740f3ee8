package io.github.gan4j;

import java.util.Arrays;

/** Which way a picture is translated. */
public enum Direction {
    /** From domain A to domain B. */
    A_TO_B("AtoB"),
    /** From domain B to domain A. */
    B_TO_A("BtoA");

    private final String text;

    Direction(String text) {
        this.text = text;
    }

    /**
     * Finds a direction by name.
     *
     * @param name {@code AtoB} or {@code BtoA}, in upper or lower case
     * @return the direction
     * @throws InvalidInputException if there is none of that name
     */
    public static Direction parse(String name) {
        return Arrays.stream(values())
                .filter(direction -> direction.text.equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(
                        () ->
                                new InvalidInputException(
                                        "There is no direction '%s'; use AtoB or BtoA."
                                                .formatted(name)));
    }

    /**
     * Returns the way back.
     *
     * @return the other direction
     */
    public Direction reverse() {
        return this == A_TO_B ? B_TO_A : A_TO_B;
    }

    /**
     * Returns where a batch holds the samples that are translated.
     *
     * @return 0 for domain A, 1 for domain B
     */
    public int getSource() {
        return ordinal();
    }

    /**
     * Returns where a batch holds the samples that translations look like.
     *
     * @return 0 for domain A, 1 for domain B
     */
    public int getTarget() {
        return 1 - ordinal();
    }

    /**
     * Returns the name.
     *
     * @return {@code AtoB} or {@code BtoA}
     */
    @Override
    public String toString() {
        return text;
    }
}
