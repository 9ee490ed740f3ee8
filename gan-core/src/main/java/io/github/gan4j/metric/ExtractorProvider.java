package io.github.gan4j.metric;

import ai.djl.Device;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Set;

/**
 * Opens a feature extractor that is known by name: the door through which a jar on the class path
 * adds one.
 *
 * <p>Implementations have a public constructor without arguments and are listed in {@code
 * META-INF/services/io.github.gan4j.metric.ExtractorProvider}. Constructing one costs nothing.
 */
public interface ExtractorProvider {

    /**
     * Returns the name that users ask for.
     *
     * @return lower-case words joined by hyphens, such as {@code digits}
     */
    String getName();

    /**
     * Returns one line about the extractor.
     *
     * @return what it is and what it is for
     */
    String getSummary();

    /**
     * Returns the data sets whose samples are measured with this extractor unless the user wishes
     * for another. Their classes are those of the extractor, in the same order.
     *
     * @return the names of data sets
     */
    Set<String> getDatasets();

    /**
     * Returns how many samples its protocol takes.
     *
     * @return 10,000 unless overridden
     */
    default int getSamples() {
        return 10_000;
    }

    /**
     * Returns the measures that its protocol takes.
     *
     * @return names of measures; empty, as it is unless overridden, for all that are usual
     */
    default List<String> getMeasures() {
        return List.of();
    }

    /**
     * Opens the extractor.
     *
     * @param sample the shape of a picture, {@code (C, H, W)}
     * @param device where it computes
     * @return the extractor
     * @throws io.github.gan4j.InvalidInputException if it cannot look at such pictures
     */
    FeatureExtractor open(Shape sample, Device device);
}
