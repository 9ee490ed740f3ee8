package io.github.gan4j.datasets;

import io.github.gan4j.data.DatasetOptions;
import io.github.gan4j.data.DatasetProvider;
import io.github.gan4j.data.SampleDataset;

/** Opens the grid of 25 of {@link Mixture}. */
public final class GridProvider implements DatasetProvider {

    /** Constructs a provider. */
    public GridProvider() {}

    @Override
    public String getName() {
        return Mixture.GRID;
    }

    @Override
    public String getSummary() {
        return "100,000 points of 25 Gaussians on a grid, for counting modes; drawn by the program";
    }

    @Override
    public SampleDataset open(String source, DatasetOptions options) {
        return Mixture.grid(options);
    }
}
