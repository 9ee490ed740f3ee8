/**
 * Small classifiers that come with the jar, whose features measures of sample quality compare:
 * {@code digits} for MNIST, {@code stacked} for each channel of stacked digits, and {@code fashion}
 * for Fashion-MNIST.
 */
package io.github.gan4j.datasets.extractor;
