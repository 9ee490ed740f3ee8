package io.github.gan4j.latent;

import ai.djl.ndarray.NDArray;

/**
 * Something of samples that a number can tell: how bright a picture is, how sure a classifier is of
 * a class. {@link AttributeDirection} finds where it lies among the latents.
 */
public interface Attribute {

    /**
     * Returns the name.
     *
     * @return lower-case words joined by hyphens, or what a class is called
     */
    String getName();

    /**
     * Tells the attribute of samples.
     *
     * @param samples samples {@code (N, ...)}, pictures {@code (N, C, H, W)} in [-1, 1]
     * @return N numbers
     */
    double[] of(NDArray samples);
}
