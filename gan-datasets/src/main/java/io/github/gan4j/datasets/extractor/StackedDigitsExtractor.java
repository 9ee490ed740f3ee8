package io.github.gan4j.datasets.extractor;

import ai.djl.Device;
import ai.djl.ndarray.types.Shape;
import io.github.gan4j.metric.ExtractorProvider;
import io.github.gan4j.metric.FeatureExtractor;
import java.util.List;
import java.util.Set;

/**
 * Opens the classifier of digits for stacked ones: it sees each channel by itself, and the features
 * of the three stand side by side. The protocol is that of StackedMNIST: 26,000 samples, 1000
 * classes (Metz et al. 2017; Lin et al. 2018, section 4.2).
 */
public final class StackedDigitsExtractor implements ExtractorProvider {

    @Override
    public String getName() {
        return "stacked";
    }

    @Override
    public String getSummary() {
        return "the classifier of digits on each of three channels, 1000 classes";
    }

    @Override
    public Set<String> getDatasets() {
        return Set.of("stacked-digits", "stacked-mnist");
    }

    @Override
    public int getSamples() {
        return 26_000;
    }

    @Override
    public List<String> getMeasures() {
        return List.of("modes", "fid");
    }

    @Override
    public FeatureExtractor open(Shape sample, Device device) {
        return new ClassifierExtractor(
                "stacked-v1", DigitsExtractor.RESOURCE, true, sample, device);
    }
}
