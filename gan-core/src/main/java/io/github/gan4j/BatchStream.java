package io.github.gan4j;

import ai.djl.ndarray.NDManager;
import ai.djl.training.dataset.Batch;
import ai.djl.training.dataset.Dataset;
import ai.djl.training.dataset.RandomAccessDataset;
import ai.djl.translate.Batchifier;
import ai.djl.translate.TranslateException;
import io.github.gan4j.data.EpochSampler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
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
    private final Deque<Batch> ahead = new ArrayDeque<>();
    private long drawn;
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

    /** Draws batches now that {@link #next} will return. */
    void drawAhead(int count) {
        while (ahead.size() < count) {
            ahead.add(draw());
        }
    }

    Batch next() {
        return ahead.isEmpty() ? draw() : ahead.remove();
    }

    private Batch draw() {
        try {
            if (epoch == null) {
                epoch = open();
            } else if (!epoch.hasNext()) {
                if (batchesPerEpoch == 0) {
                    batchesPerEpoch = drawn; // the first epoch of a data set of unknown size
                }
                closeEpoch();
                epoch = open();
            }
            if (!epoch.hasNext()) {
                throw new InvalidInputException(
                        "The data set gave no batch; check its batch size and its files.");
            }
            Batch batch = epoch.next();
            drawn++;
            return own(batch);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (TranslateException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Takes the arrays over: DJL's iterators free their last batches when asked for one more. */
    private Batch own(Batch batch) {
        Batch own =
                new Batch(
                        manager.newSubManager(),
                        batch.getData(),
                        batch.getLabels(),
                        batch.getSize(),
                        Batchifier.STACK,
                        Batchifier.STACK,
                        batch.getProgress(),
                        batch.getProgressTotal());
        batch.close();
        return own;
    }

    /** Opens the epoch that the next batch belongs to, at that batch. */
    private Iterator<Batch> open() throws IOException, TranslateException {
        if (dataset instanceof RandomAccessDataset data) {
            long number = drawn / batchesPerEpoch;
            long skip = drawn % batchesPerEpoch;
            EpochSampler sampler = new EpochSampler(seed, number, batchSize, skip);
            return data.getData(manager, sampler).iterator();
        }
        Iterator<Batch> batches = dataset.getData(manager).iterator();
        if (batchesPerEpoch == 0) {
            long passed = 0;
            while (passed < drawn && batches.hasNext()) {
                batches.next().close();
                passed++;
            }
            if (passed == 0 || batches.hasNext()) {
                return batches;
            }
            batchesPerEpoch = passed; // that was the first epoch, to its end
            return open();
        }
        for (long skip = drawn % batchesPerEpoch; skip > 0; skip--) {
            batches.next().close();
        }
        return batches;
    }

    /** Returns the number of batches that {@link #next} has returned since the very beginning. */
    long getPosition() {
        return drawn - ahead.size();
    }

    void setPosition(long position) {
        close();
        drawn = position;
    }

    long getEpoch() {
        return batchesPerEpoch == 0 ? 0 : getPosition() / batchesPerEpoch;
    }

    long getBatchesPerEpoch() {
        return batchesPerEpoch;
    }

    @Override
    public void close() {
        drawn -= ahead.size();
        ahead.forEach(Batch::close);
        ahead.clear();
        closeEpoch();
    }

    private void closeEpoch() {
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
