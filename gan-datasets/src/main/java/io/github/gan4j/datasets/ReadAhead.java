package io.github.gan4j.datasets;

import ai.djl.ndarray.NDManager;
import ai.djl.training.dataset.Batch;
import ai.djl.training.dataset.RandomAccessDataset;
import ai.djl.training.dataset.Sampler;
import java.util.concurrent.ExecutorService;

/** The batches of a data set of pictures; each iterator reads them anew, two ahead. */
public final class ReadAhead implements Iterable<Batch> {

    private final RandomAccessDataset dataset;
    private final SampleSource source;
    private final NDManager manager;
    private final Sampler sampler;
    private final ExecutorService executor;
    private final BufferPool buffers;

    ReadAhead(
            RandomAccessDataset dataset,
            SampleSource source,
            NDManager manager,
            Sampler sampler,
            ExecutorService executor,
            BufferPool buffers) {
        this.dataset = dataset;
        this.source = source;
        this.manager = manager;
        this.sampler = sampler;
        this.executor = executor;
        this.buffers = buffers;
    }

    /**
     * Begins to read.
     *
     * @return an iterator, whose reading has already begun
     */
    @Override
    public ReadAheadIterator iterator() {
        return new ReadAheadIterator(source, manager, sampler.sample(dataset), executor, buffers);
    }
}
