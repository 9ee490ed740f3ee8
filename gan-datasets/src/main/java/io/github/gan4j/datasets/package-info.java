/**
 * Data sets: pictures that are embedded, downloaded through DJL, or read from a folder, and points
 * that are drawn from a known mixture.
 *
 * <p>All extend {@link io.github.gan4j.datasets.ReadAheadDataset} or, with two domains, {@link
 * io.github.gan4j.datasets.TranslationImages}. Both read ahead on a thread of their own in plain
 * Java, so that the training thread is the only one that calls the engine.
 */
package io.github.gan4j.datasets;
