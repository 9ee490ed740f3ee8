package io.github.gan4j.data;

import ai.djl.training.dataset.RandomAccessDataset;
import ai.djl.training.dataset.Sampler;
import io.github.gan4j.InvalidInputException;
import io.github.gan4j.Seeds;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * Shuffles an epoch as a pure function of the seed of the run and the number of the epoch.
 *
 * <p>No generator state has to be saved: a resumed run asks for the same epoch again and skips the
 * batches that it has had. The shuffle is Fisher and Yates's, fed by a SplitMix64 stream written
 * out here, so that no change to the JDK's generators changes a run. The order of the samples does
 * not depend on the batch size; the last batch is dropped if it is not full.
 */
public final class EpochSampler implements Sampler {

    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    private final long seed;
    private final long epoch;
    private final int batchSize;
    private final long skipBatches;

    /**
     * Constructs a sampler of a whole epoch.
     *
     * @param seed the seed of the run
     * @param epoch the number of the epoch, from 0
     * @param batchSize the number of samples in each batch, at least 1
     */
    public EpochSampler(long seed, long epoch, int batchSize) {
        this(seed, epoch, batchSize, 0);
    }

    /**
     * Constructs a sampler of an epoch, or of the rest of one.
     *
     * @param seed the seed of the run
     * @param epoch the number of the epoch, from 0
     * @param batchSize the number of samples in each batch, at least 1
     * @param skipBatches how many batches of the epoch to leave out at its start; they are never
     *     read
     * @throws InvalidInputException if the batch size is less than 1 or another number negative
     */
    public EpochSampler(long seed, long epoch, int batchSize, long skipBatches) {
        requireBatchSize(batchSize);
        if (epoch < 0 || skipBatches < 0) {
            throw new InvalidInputException(
                    "Epoch %d with %d batches to skip cannot be sampled: neither may be negative."
                            .formatted(epoch, skipBatches));
        }
        this.seed = seed;
        this.epoch = epoch;
        this.batchSize = batchSize;
        this.skipBatches = skipBatches;
    }

    /**
     * Returns the seed of the run.
     *
     * @return the seed
     */
    public long getSeed() {
        return seed;
    }

    /**
     * Returns the number of the epoch.
     *
     * @return the number, from 0
     */
    public long getEpoch() {
        return epoch;
    }

    /**
     * Counts the full batches of an epoch.
     *
     * @param size the number of samples in the data set
     * @param batchSize the number of samples in each batch
     * @return the number of full batches, at least 1
     * @throws InvalidInputException if the batch size is less than 1 or more than the size
     */
    public static long batchesPerEpoch(long size, int batchSize) {
        requireBatchSize(batchSize);
        if (batchSize > size) {
            throw new InvalidInputException(
                    ("Batch size %d is larger than the data set, which has %d samples:"
                                    + " use a batch size of at most %d, or more data.")
                            .formatted(batchSize, size, size));
        }
        return size / batchSize;
    }

    /**
     * Returns a random order.
     *
     * @param seed the seed
     * @param size the number of items
     * @return the numbers 0 to {@code size - 1}, each once, in an order that depends on nothing but
     *     the two arguments
     */
    public static int[] permutation(long seed, int size) {
        int[] order = new int[size];
        long state = seed;
        for (int i = 0; i < size; i++) {
            state += GOLDEN_GAMMA;
            // Of 2^63 numbers modulo at most 2^31, the bias is below 2^-32: nothing to reject.
            int j = (int) ((mix(state) >>> 1) % (i + 1));
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }

    /**
     * Returns the batches of the epoch that are left.
     *
     * @throws InvalidInputException if the data set is smaller than a batch, or the epoch shorter
     *     than what is to be skipped
     */
    @Override
    public Iterator<List<Long>> sample(RandomAccessDataset dataset) {
        long size = dataset.size();
        long batches = batchesPerEpoch(size, batchSize);
        if (skipBatches > batches) {
            throw new InvalidInputException(
                    ("Cannot skip %d batches of an epoch of %d (%d samples, batch size %d):"
                                    + " resume with the data and batch size that the run began"
                                    + " with.")
                            .formatted(skipBatches, batches, size, batchSize));
        }
        int[] order = permutation(Seeds.derive(seed, Seeds.EPOCH, epoch), Math.toIntExact(size));
        return new BatchIterator(order, batchSize, skipBatches, batches);
    }

    @Override
    public int getBatchSize() {
        return batchSize;
    }

    private static void requireBatchSize(int batchSize) {
        if (batchSize < 1) {
            throw new InvalidInputException(
                    "Batch size %d is too small: use a batch size of at least 1."
                            .formatted(batchSize));
        }
    }

    /** The finaliser of SplitMix64 (Steele, Lea and Flood 2014), variant 13. */
    private static long mix(long z) {
        long x = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        x = (x ^ (x >>> 27)) * 0x94D049BB133111EBL;
        return x ^ (x >>> 31);
    }

    private static final class BatchIterator implements Iterator<List<Long>> {

        private final int[] order;
        private final int batchSize;
        private final long end;
        private long next;

        BatchIterator(int[] order, int batchSize, long next, long end) {
            this.order = order;
            this.batchSize = batchSize;
            this.next = next;
            this.end = end;
        }

        @Override
        public boolean hasNext() {
            return next < end;
        }

        @Override
        public List<Long> next() {
            if (!hasNext()) {
                throw new NoSuchElementException("The epoch has no more batches.");
            }
            int from = Math.toIntExact(next * batchSize);
            List<Long> batch = new ArrayList<>(batchSize);
            for (int i = from; i < from + batchSize; i++) {
                batch.add((long) order[i]);
            }
            next++;
            return batch;
        }
    }
}
