package io.github.gan4j.datasets;

import io.github.gan4j.data.DatasetOptions;
import io.github.gan4j.data.DatasetProvider;
import io.github.gan4j.data.SampleDataset;
import java.io.IOException;

/** Opens {@link Digits}. */
public final class DigitsProvider implements DatasetProvider {

    /** Constructs a provider. */
    public DigitsProvider() {}

    @Override
    public String getName() {
        return Digits.NAME;
    }

    @Override
    public String getSummary() {
        return "10,000 handwritten digits of MNIST, 28x28 grey, 10 classes; comes with the program";
    }

    @Override
    public SampleDataset open(String source, DatasetOptions options) throws IOException {
        return Digits.open(options);
    }
}
