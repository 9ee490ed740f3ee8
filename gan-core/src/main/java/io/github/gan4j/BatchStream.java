package io.github.gan4j;

import ai.djl.ndarray.NDManager;
import ai.djl.training.dataset.Batch;
import ai.djl.training.dataset.Dataset;
import ai.djl.training.dataset.RandomAccessDataset;
import ai.djl.translate.TranslateException;
import io.github.gan4j.data.EpochSampler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;

/**
 * An endless stream of batches, epoch after epoch, whose order is a function of the seed and whose
 * position is a single number.
 */
final class BatchStream implements AutoCloseable {

    private final Dataset dataset;
    private final NDManager manager;
    private final int batchSize;
    private final long seed;
    private long position;
    private long batchesPerEpoch;
    private Iterator<Batch> epoch;

    /**
     * Opens a stream.
     *
     * @param dataset the data set; a {@link RandomAccessDataset} is shuffled, any other gives its
     *     own batches in its own order
     */
    BatchStream(Dataset dataset, NDManager manager, int batchSize, long seed) {
        this.dataset = dataset;
        this.manager = manager;
        this.batchSize = batchSize;
        this.seed = seed;
        try {
            dataset.prepare();
            if (dataset instanceof RandomAccessDataset data) {
                batchesPerEpoch = EpochSampler.batchesPerEpoch(data.size(), batchSize);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (TranslateException e) {
            throw new IllegalStateException(e);
        }
    }

    Batch next() {
        try {
            if (epoch == null || !epoch.hasNext()) {
                close();
                epoch = open();
                if (!epoch.hasNext()) {
                    throw new InvalidInputException(
                            "The data set gave no batch; check its batch size and its files.");
                }
            }
            Batch batch = epoch.next();
            position++;
            return batch;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (TranslateException e) {
            throw new IllegalStateException(e);
        }
    }

    private Iterator<Batch> open() throws IOException, TranslateException {
        if (dataset instanceof RandomAccessDataset data) {
            long number = position / batchesPerEpoch;
            long skip = position % batchesPerEpoch;
            EpochSampler sampler = new EpochSampler(seed, number, batchSize, skip);
            return data.getData(manager, sampler).iterator();
        }
        Iterator<Batch> batches = dataset.getData(manager).iterator();
        if (batchesPerEpoch == 0) {
            batchesPerEpoch = countSequential();
        }
        for (long skip = position % batchesPerEpoch; skip > 0; skip--) {
            batches.next().close();
        }
        return batches;
    }

    private long countSequential() throws IOException, TranslateException {
        long count = 0;
        for (Batch batch : dataset.getData(manager)) {
            batch.close();
            count++;
        }
        return Math.max(count, 1);
    }

    /** Returns the number of batches drawn since the very beginning. */
    long getPosition() {
        return position;
    }

    void setPosition(long position) {
        close();
        this.position = position;
    }

    long getEpoch() {
        return batchesPerEpoch == 0 ? 0 : position / batchesPerEpoch;
    }

    long getBatchesPerEpoch() {
        return batchesPerEpoch;
    }

    @Override
    public void close() {
        if (epoch instanceof AutoCloseable closeable) {
            try {
                closeable.close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
        epoch = null;
    }
}
