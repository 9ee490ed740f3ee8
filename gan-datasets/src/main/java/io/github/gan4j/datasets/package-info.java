/**
 * Data sets of pictures: embedded, downloaded through DJL, or read from a folder.
 *
 * <p>All extend {@link io.github.gan4j.datasets.ImageDataset} or, with two domains, {@link
 * io.github.gan4j.datasets.TranslationImages}. Both read ahead on a thread of their own in plain
 * Java, so that the training thread is the only one that calls the engine.
 */
package io.github.gan4j.datasets;
