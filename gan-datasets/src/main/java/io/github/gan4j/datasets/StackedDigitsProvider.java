package io.github.gan4j.datasets;

import io.github.gan4j.data.DatasetOptions;
import io.github.gan4j.data.DatasetProvider;
import io.github.gan4j.data.SampleDataset;
import java.io.IOException;

/** Opens {@link StackedDigits} of the digits that come with the jar. */
public final class StackedDigitsProvider implements DatasetProvider {

    /** Constructs a provider. */
    public StackedDigitsProvider() {}

    @Override
    public String getName() {
        return StackedDigits.NAME;
    }

    @Override
    public String getSummary() {
        return "128,000 triples of digits, 28x28 colour, 1000 classes; comes with the program";
    }

    @Override
    public SampleDataset open(String source, DatasetOptions options) throws IOException {
        return StackedDigits.open(options);
    }
}
