package io.github.gan4j.datasets;

import io.github.gan4j.data.DatasetOptions;
import io.github.gan4j.data.DatasetProvider;
import io.github.gan4j.data.SampleDataset;
import java.io.IOException;

/**
 * Opens DJL's {@link ai.djl.basicdataset.cv.classification.Mnist}: from DJL's cache, from a local
 * DJL repository, or by a download.
 *
 * <p>The local repository is that of {@link DatasetOptions#getRepository()} or else of the system
 * property {@code gan4j.djl.repository}.
 */
public final class MnistProvider implements DatasetProvider {

    /** Constructs a provider. */
    public MnistProvider() {}

    @Override
    public String getName() {
        return DjlSet.MNIST.title();
    }

    @Override
    public String getSummary() {
        return "70,000 handwritten digits, 28x28 grey, 10 classes; downloads 11 MB once";
    }

    @Override
    public SampleDataset open(String source, DatasetOptions options) throws IOException {
        return DjlSet.MNIST.open(options);
    }
}
