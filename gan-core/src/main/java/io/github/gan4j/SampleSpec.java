package io.github.gan4j;

import ai.djl.ndarray.types.Shape;

/**
 * What the samples of a data set look like: what a variant must know to build its networks.
 *
 * @param shape the shape of one sample, {@code (C, H, W)} for images, {@code (D)} for vectors
 * @param classes the number of classes, 0 where the data set has no labels
 */
public record SampleSpec(Shape shape, int classes) {}
