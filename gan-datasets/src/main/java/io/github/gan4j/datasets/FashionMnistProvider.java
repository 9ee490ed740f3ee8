package io.github.gan4j.datasets;

import io.github.gan4j.data.DatasetOptions;
import io.github.gan4j.data.DatasetProvider;
import io.github.gan4j.data.SampleDataset;
import java.io.IOException;

/**
 * Opens DJL's {@link ai.djl.basicdataset.cv.classification.FashionMnist}: from DJL's cache, from a
 * local DJL repository, or by a download.
 *
 * <p>The local repository is that of {@link DatasetOptions#getRepository()} or else of the system
 * property {@code gan4j.djl.repository}.
 */
public final class FashionMnistProvider implements DatasetProvider {

    /** Constructs a provider. */
    public FashionMnistProvider() {}

    @Override
    public String getName() {
        return DjlSet.FASHION_MNIST.title();
    }

    @Override
    public String getSummary() {
        return "70,000 pictures of clothes, 28x28 grey, 10 classes; downloads 30 MB once";
    }

    @Override
    public SampleDataset open(String source, DatasetOptions options) throws IOException {
        return DjlSet.FASHION_MNIST.open(options);
    }
}
