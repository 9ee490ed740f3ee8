/**
 * Data sets: pictures that are embedded, downloaded through DJL, or read from a folder, and points
 * that are drawn from a known mixture.
 *
 * <p>All extend {@link io.github.gan4j.datasets.ReadAheadDataset}, which reads ahead on a thread of
 * its own in plain Java, so that the training thread is the only one that calls the engine.
 */
package io.github.gan4j.datasets;
