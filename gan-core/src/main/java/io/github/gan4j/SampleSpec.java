package io.github.gan4j;

import ai.djl.ndarray.types.Shape;

/**
 * What the samples of a data set look like: what a variant must know to build its networks.
 *
 * @param shape the shape of one sample, {@code (C, H, W)} for images, {@code (D)} for vectors
 * @param classes the number of classes, 0 where the data set has no labels
 */
public record SampleSpec(Shape shape, int classes) {

    /**
     * Tells whether samples are points, and no pictures.
     *
     * @return whether they have a single axis
     */
    public boolean isPoints() {
        return shape.dimension() == 1;
    }

    /**
     * Refuses data without labels.
     *
     * @param variant the name of the variant that needs them
     * @throws InvalidInputException if there are no classes
     */
    public void requireClasses(String variant) {
        if (classes == 0) {
            throw new InvalidInputException(
                    "The variant %s needs class labels, and the data set has none; use one that has, such as digits, or a folder with a sub-folder for each class."
                            .formatted(variant));
        }
    }
}
