/**
 * Where samples come from: what a data set must be able to tell, in which order it is read, and how
 * it is found by name.
 *
 * <p>A data set is a class that extends {@link io.github.gan4j.data.SampleDataset} and a {@link
 * io.github.gan4j.data.DatasetProvider} listed under {@code META-INF/services}; once its jar is on
 * the class path the command line knows its name. One of two domains, for image-to-image
 * translation, extends {@link io.github.gan4j.data.TranslationDataset}.
 */
package io.github.gan4j.data;
