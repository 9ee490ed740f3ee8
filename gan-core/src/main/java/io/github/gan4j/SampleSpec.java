package io.github.gan4j;

import ai.djl.ndarray.types.Shape;

/**
 * What the samples of a data set look like: what a variant must know to build its networks.
 *
 * @param shape the shape of one sample, {@code (C, H, W)} for images, {@code (D)} for vectors; of
 *     two domains, that of domain A
 * @param classes the number of classes, 0 where the data set has no labels
 * @param domains how many domains there are
 * @param shapeB the shape of one sample of domain B, {@code null} if there is one domain
 */
public record SampleSpec(Shape shape, int classes, Domains domains, Shape shapeB) {

    /**
     * Describes samples of one domain or of two.
     *
     * @param shape the shape of one sample, of two domains that of domain A
     * @param classes the number of classes, 0 where the data set has no labels
     * @param domains how many domains there are
     * @param shapeB the shape of one sample of domain B, {@code null} if there is one domain
     */
    public SampleSpec {
        if ((domains == Domains.ONE) != (shapeB == null)) {
            throw new IllegalArgumentException(
                    "A second domain needs a shape, and only a second domain has one.");
        }
    }

    /**
     * Describes samples of one domain.
     *
     * @param shape the shape of one sample
     * @param classes the number of classes, 0 where the data set has no labels
     */
    public SampleSpec(Shape shape, int classes) {
        this(shape, classes, Domains.ONE, null);
    }

    /**
     * Describes pictures of two domains.
     *
     * @param shapeA the shape of one sample of domain A, {@code (C, H, W)}
     * @param shapeB the shape of one sample of domain B, {@code (C, H, W)}
     * @param paired whether sample i of domain B is the translation of sample i of domain A
     * @return the description
     */
    public static SampleSpec ofDomains(Shape shapeA, Shape shapeB, boolean paired) {
        return new SampleSpec(shapeA, 0, paired ? Domains.PAIRED : Domains.UNPAIRED, shapeB);
    }

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

    /**
     * Refuses data of one domain.
     *
     * @param variant the name of the variant that needs two
     * @throws InvalidInputException if there is one domain
     */
    public void requireTwoDomains(String variant) {
        if (domains == Domains.ONE) {
            throw new InvalidInputException(
                    "The variant %s translates between two domains, and the data set has one; use emoji, sketch or tones, or a folder with trainA and trainB."
                            .formatted(variant));
        }
    }
}
