package io.github.gan4j.models;

import ai.djl.ndarray.types.Shape;
import io.github.gan4j.InvalidInputException;

/**
 * How networks that double the side of a picture step by step come from 4 to 7 pixels to the
 * picture's own: 7, 14, 28, or 4, 8, 16, 32.
 */
public final class Scales {

    private static final int MIN_SIDE = 4;

    private Scales() {}

    /**
     * Returns the number of times that the side doubles.
     *
     * @param sample the shape of a sample
     * @return for instance 2 for {@code (1, 28, 28)}, 4 for {@code (3, 64, 64)}
     * @throws InvalidInputException if the shape is not that of a square picture, or its side is
     *     not 4, 5, 6 or 7 times a power of two
     */
    public static int doublings(Shape sample) {
        if (sample.dimension() == 3 && sample.get(1) == sample.get(2)) {
            long side = sample.get(1);
            int doublings = 0;
            while (side >= 2 * MIN_SIDE && side % 2 == 0) {
                side /= 2;
                doublings++;
            }
            if (side >= MIN_SIDE && side < 2 * MIN_SIDE && doublings > 0) {
                return doublings;
            }
        }
        throw new InvalidInputException(
                "Residual networks cannot have samples of shape "
                        + sample
                        + "; choose square images of, for instance, 28, 32, 64 or 128 pixels with"
                        + " --size.");
    }

    /**
     * Returns the side that the doubling starts from.
     *
     * @param sample the shape of a sample
     * @return 4, 5, 6 or 7
     * @throws InvalidInputException as {@link #doublings}
     */
    public static int smallestSide(Shape sample) {
        return (int) (sample.get(1) >> doublings(sample));
    }
}
