package io.github.gan4j.metric;

import io.github.gan4j.InvalidInputException;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/**
 * The kernel distance between features, KID with those of an Inception network (Binkowski et al.
 * 2018, section 4): the unbiased estimate of the squared maximum mean discrepancy (Gretton et al.
 * 2012, equation 3) under the kernel \(k(x, y) = (x y / D + 1)^3\), as mean and standard deviation
 * over blocks drawn at random, each without replacement.
 *
 * <p>Being unbiased it lies about 0 for samples of one distribution, and may be below.
 */
public final class KernelDistance extends AbstractMeasure {

    private static final int BLOCKS = 100;
    private static final int BLOCK_SIZE = 1000;

    /**
     * What was measured.
     *
     * @param mean the mean over blocks
     * @param deviation the standard deviation over blocks, normalised by their number
     */
    public record Result(double mean, double deviation) {}

    /** Constructs the measure. */
    public KernelDistance() {
        super(
                "kid",
                "kernel distance between features (Binkowski et al. 2018)",
                true,
                Set.of(Evidence.Part.FEATURES),
                Set.of(Evidence.Part.FEATURES));
    }

    /**
     * Measures by blocks drawn at random.
     *
     * @param real features of real samples, (N, D)
     * @param fake features of generated samples, (M, D)
     * @param blocks how many blocks
     * @param blockSize how many samples of either kind a block has
     * @param seed the seed of the blocks
     * @return mean and spread over the blocks
     * @throws InvalidInputException if there are fewer samples than a block has, or too few to
     *     estimate anything
     */
    public static Result between(
            Features real, Features fake, int blocks, int blockSize, long seed) {
        int least = Math.min(real.getCount(), fake.getCount());
        if (blocks < 1 || blockSize < 2 || blockSize > least) {
            throw new InvalidInputException(
                    ("Blocks of %d samples cannot be drawn from %d;"
                                    + " a block has 2 samples at least and all of them at most.")
                            .formatted(blockSize, least));
        }
        Random random = Sampling.random(seed, "kid");
        int[][] realRows = new int[blocks][];
        int[][] fakeRows = new int[blocks][];
        for (int i = 0; i < blocks; i++) {
            realRows[i] = Sampling.choose(real.getCount(), blockSize, random);
            fakeRows[i] = Sampling.choose(fake.getCount(), blockSize, random);
        }
        return overBlocks(real, fake, realRows, fakeRows);
    }

    /** Measures by given blocks. */
    static Result overBlocks(Features real, Features fake, int[][] realRows, int[][] fakeRows) {
        double[] values = new double[realRows.length];
        double sum = 0;
        for (int i = 0; i < values.length; i++) {
            values[i] = squaredMmd(real.select(realRows[i]), fake.select(fakeRows[i]));
            sum += values[i];
        }
        double mean = sum / values.length;
        double squares = 0;
        for (double value : values) {
            squares += (value - mean) * (value - mean);
        }
        return new Result(mean, Math.sqrt(squares / values.length));
    }

    /**
     * Estimates the squared maximum mean discrepancy of all samples at once.
     *
     * @param x features, (N, D), N at least 2
     * @param y features, (M, D), M at least 2
     * @return the unbiased estimate
     * @throws InvalidInputException if there are too few samples, or features of different sizes
     */
    public static double squaredMmd(Features x, Features y) {
        double n = x.getCount();
        double m = y.getCount();
        if (n < 2 || m < 2) {
            throw new InvalidInputException(
                    "A kernel distance needs at least 2 samples of either kind; draw more.");
        }
        return sumOfKernels(x, x, true) / (n * (n - 1))
                + sumOfKernels(y, y, true) / (m * (m - 1))
                - 2 * sumOfKernels(x, y, false) / (n * m);
    }

    private static double sumOfKernels(Features x, Features y, boolean leaveOutDiagonal) {
        double[] rows = new double[x.getCount()];
        double scale = 1.0 / x.getSize();
        DotProducts.forEach(
                x,
                y,
                (row, from, products, offset, count) -> {
                    double sum = 0;
                    for (int j = 0; j < count; j++) {
                        double base = products[offset + j] * scale + 1;
                        if (!(leaveOutDiagonal && from + j == row)) {
                            sum += base * base * base;
                        }
                    }
                    rows[row] += sum;
                });
        double total = 0;
        for (double row : rows) {
            total += row;
        }
        return total;
    }

    /**
     * {@inheritDoc}
     *
     * <p>By 100 blocks of 1000 samples, or of all samples if there are fewer.
     */
    @Override
    public Map<String, Double> evaluate(Evidence real, Evidence fake, long seed) {
        Features x = real.getFeatures();
        Features y = fake.getFeatures();
        int least = Math.min(x.getCount(), y.getCount());
        Result result = between(x, y, BLOCKS, Math.min(BLOCK_SIZE, least), seed);
        return new TreeMap<>(
                Map.of(getName(), result.mean(), getName() + "-std", result.deviation()));
    }
}
