package io.github.gan4j.datasets;

import io.github.gan4j.data.DatasetOptions;
import io.github.gan4j.data.DatasetProvider;
import io.github.gan4j.data.SampleDataset;
import java.io.IOException;

/** Opens {@link StackedDigits} of all of MNIST. */
public final class StackedMnistProvider implements DatasetProvider {

    /** Constructs a provider. */
    public StackedMnistProvider() {}

    @Override
    public String getName() {
        return StackedDigits.MNIST_NAME;
    }

    @Override
    public String getSummary() {
        return "128,000 triples of digits of mnist, 28x28 colour, 1000 classes; downloads 11 MB once";
    }

    @Override
    public SampleDataset open(String source, DatasetOptions options) throws IOException {
        return StackedDigits.openMnist(options);
    }
}
