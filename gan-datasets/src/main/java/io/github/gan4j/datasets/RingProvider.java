package io.github.gan4j.datasets;

import io.github.gan4j.data.DatasetOptions;
import io.github.gan4j.data.DatasetProvider;
import io.github.gan4j.data.SampleDataset;

/** Opens the ring of 8 of {@link Mixture}. */
public final class RingProvider implements DatasetProvider {

    /** Constructs a provider. */
    public RingProvider() {}

    @Override
    public String getName() {
        return Mixture.RING;
    }

    @Override
    public String getSummary() {
        return "100,000 points of 8 Gaussians on a circle, for counting modes; drawn by the program";
    }

    @Override
    public SampleDataset open(String source, DatasetOptions options) {
        return Mixture.ring(options);
    }
}
