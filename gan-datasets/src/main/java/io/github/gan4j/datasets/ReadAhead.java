package io.github.gan4j.datasets;

import ai.djl.ndarray.NDManager;
import ai.djl.training.dataset.Batch;
import ai.djl.training.dataset.Sampler;
import java.util.concurrent.ExecutorService;

/** The batches of a {@link ReadAheadDataset}; each iterator reads them anew, two ahead. */
public final class ReadAhead implements Iterable<Batch> {

    private final ReadAheadDataset dataset;
    private final NDManager manager;
    private final Sampler sampler;
    private final ExecutorService executor;
    private final BufferPool buffers;

    ReadAhead(
            ReadAheadDataset dataset,
            NDManager manager,
            Sampler sampler,
            ExecutorService executor,
            BufferPool buffers) {
        this.dataset = dataset;
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
        return new ReadAheadIterator(dataset, manager, sampler.sample(dataset), executor, buffers);
    }
}
