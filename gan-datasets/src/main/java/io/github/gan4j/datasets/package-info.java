/**
 * Data sets of pictures: embedded, downloaded through DJL, or read from a folder.
 *
 * <p>All extend {@link io.github.gan4j.datasets.ImageDataset}, which reads ahead on a thread of its
 * own in plain Java, so that the training thread is the only one that calls the engine.
 */
package io.github.gan4j.datasets;
