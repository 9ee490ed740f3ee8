package io.github.gan4j.metric;

import ai.djl.ndarray.NDArray;
import io.github.gan4j.InvalidInputException;
import java.util.stream.IntStream;

/**
 * Fits a {@link Gaussian} to features that come batch by batch, without keeping them.
 *
 * <p>Sums are taken in double precision about the first row, which keeps them small; of features
 * that never change the covariance is exactly zero. Rows are gathered into blocks of its own, so
 * how they were batched does not change a bit of the result.
 */
public final class GaussianAccumulator {

    private static final int BLOCK = 64;

    private final int size;
    private final double[] origin;
    private final double[] sum;
    private final double[] products; // the upper triangle, row after row
    private final double[] block;
    private int blocked;
    private int count;

    /**
     * Starts empty.
     *
     * @param size the number D of features
     */
    public GaussianAccumulator(int size) {
        this.size = size;
        origin = new double[size];
        sum = new double[size];
        products = new double[Math.multiplyExact(size, size)];
        block = new double[BLOCK * size];
    }

    /**
     * Adds samples.
     *
     * @param features (N, D)
     * @return this
     * @throws InvalidInputException if the features have another size
     */
    public GaussianAccumulator add(Features features) {
        requireSize(features.getSize());
        for (int row = 0; row < features.getCount(); row++) {
            addRow(features.values(), row * size);
        }
        return this;
    }

    /**
     * Adds samples.
     *
     * @param batch (N, D)
     * @return this
     * @throws InvalidInputException if the features have another size, or one is NaN or infinite
     */
    public GaussianAccumulator add(NDArray batch) {
        return add(Features.of(batch));
    }

    /**
     * Adds all that another accumulator has seen.
     *
     * @param other the other one, which may go on
     * @return this
     * @throws InvalidInputException if its features have another size
     */
    public GaussianAccumulator merge(GaussianAccumulator other) {
        requireSize(other.size);
        if (other.count == 0) {
            return this;
        }
        if (count == 0) {
            System.arraycopy(other.origin, 0, origin, 0, size);
        }
        flush();
        other.flush();
        double[] shift = new double[size];
        for (int i = 0; i < size; i++) {
            shift[i] = other.origin[i] - origin[i];
        }
        for (int i = 0; i < size; i++) {
            for (int j = i; j < size; j++) {
                products[i * size + j] +=
                        other.products[i * size + j]
                                + other.sum[i] * shift[j]
                                + shift[i] * other.sum[j]
                                + other.count * shift[i] * shift[j];
            }
        }
        for (int i = 0; i < size; i++) {
            sum[i] += other.sum[i] + other.count * shift[i];
        }
        count += other.count;
        return this;
    }

    /**
     * Returns what was seen so far.
     *
     * @return mean and covariance
     * @throws InvalidInputException if fewer than two samples were added
     */
    public Gaussian toGaussian() {
        if (count < 2) {
            throw new InvalidInputException(
                    "A covariance needs at least 2 samples, not %d; draw more.".formatted(count));
        }
        flush();
        double[] mean = new double[size];
        double[] covariance = new double[size * size];
        for (int i = 0; i < size; i++) {
            mean[i] = origin[i] + sum[i] / count;
            for (int j = i; j < size; j++) {
                double product = products[i * size + j] - sum[i] / count * sum[j];
                covariance[i * size + j] = product / (count - 1);
                covariance[j * size + i] = covariance[i * size + j];
            }
        }
        return new Gaussian(count, mean, covariance);
    }

    private void addRow(float[] values, int from) {
        if (count == 0) {
            for (int i = 0; i < size; i++) {
                origin[i] = values[from + i];
            }
        }
        for (int i = 0; i < size; i++) {
            block[blocked * size + i] = values[from + i] - origin[i];
        }
        blocked++;
        count++;
        if (blocked == BLOCK) {
            flush();
        }
    }

    /** Adds the block's rows to the sums, in the order in which they came. */
    private void flush() {
        for (int row = 0; row < blocked; row++) {
            for (int i = 0; i < size; i++) {
                sum[i] += block[row * size + i];
            }
        }
        IntStream.range(0, size).parallel().forEach(this::addProducts);
        blocked = 0;
    }

    private void addProducts(int i) {
        for (int row = 0; row < blocked; row++) {
            double x = block[row * size + i];
            int from = row * size;
            int to = i * size;
            for (int j = i; j < size; j++) {
                products[to + j] += x * block[from + j];
            }
        }
    }

    private void requireSize(int other) {
        if (other != size) {
            throw new InvalidInputException(
                    ("Features of size %d were given where size %d is wanted;"
                                    + " use one extractor for all.")
                            .formatted(other, size));
        }
    }
}
