/**
 * A small classifier that comes with the jar, whose features measures of sample quality compare:
 * {@code digits} for MNIST, and {@code stacked} for each channel of stacked digits.
 */
package io.github.gan4j.datasets.extractor;
