package io.github.gan4j.datasets.extractor;

import ai.djl.Device;
import ai.djl.ndarray.types.Shape;
import io.github.gan4j.metric.ExtractorProvider;
import io.github.gan4j.metric.FeatureExtractor;
import java.util.Set;

/** Opens the classifier of clothes. */
public final class FashionExtractor implements ExtractorProvider {

    @Override
    public String getName() {
        return "fashion";
    }

    @Override
    public String getSummary() {
        return "a small classifier trained on Fashion-MNIST, for clothes of 28 pixels or more";
    }

    @Override
    public Set<String> getDatasets() {
        return Set.of("fashion-mnist");
    }

    @Override
    public FeatureExtractor open(Shape sample, Device device) {
        return new ClassifierExtractor(
                "fashion-v1", "fashion-v1.safetensors", false, sample, device);
    }
}
