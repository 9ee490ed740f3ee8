package io.github.gan4j.datasets.extractor;

import ai.djl.Device;
import ai.djl.ndarray.types.Shape;
import io.github.gan4j.metric.ExtractorProvider;
import io.github.gan4j.metric.FeatureExtractor;
import java.util.Set;

/** Opens the classifier of digits. */
public final class DigitsExtractor implements ExtractorProvider {

    /** The weights, which the classifier of stacked digits shares. */
    static final String RESOURCE = "digits-v1.safetensors";

    @Override
    public String getName() {
        return "digits";
    }

    @Override
    public String getSummary() {
        return "a small classifier trained on MNIST, for digits of 28 pixels or more";
    }

    @Override
    public Set<String> getDatasets() {
        return Set.of("digits", "mnist");
    }

    @Override
    public FeatureExtractor open(Shape sample, Device device) {
        return new ClassifierExtractor("digits-v1", RESOURCE, false, sample, device);
    }
}
