package io.github.gan4j.metric;

import io.github.gan4j.InvalidInputException;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The sliced Wasserstein distance (Rabin et al. 2011; with the first power, as in Karras et al.
 * 2018, section 5): the mean over random directions of the earth mover's distance between the
 * samples' projections, which in one dimension is the area between their quantile functions.
 */
public final class SlicedWasserstein extends AbstractMeasure {

    static final int DIRECTIONS = 512;

    /** How many directions are projected on at a time, which bounds the memory. */
    private static final int TOGETHER = 32;

    /** Constructs the measure. */
    public SlicedWasserstein() {
        super(
                "swd",
                "sliced Wasserstein distance between features (Rabin et al. 2011)",
                true,
                Set.of(Evidence.Part.FEATURES),
                Set.of(Evidence.Part.FEATURES));
    }

    /**
     * Measures along random directions.
     *
     * @param real features of real samples, (N, D)
     * @param fake features of generated samples, (M, D)
     * @param directions how many directions
     * @param seed their seed
     * @return the distance, in the unit of the features
     * @throws InvalidInputException if the features have different sizes
     */
    public static double between(Features real, Features fake, int directions, long seed) {
        Random random = Sampling.random(seed, "swd");
        float[] values = new float[Math.multiplyExact(directions, real.getSize())];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return between(real, fake, Features.of(real.getSize(), values).normalized());
    }

    /**
     * Measures along given directions.
     *
     * @param real features of real samples, (N, D)
     * @param fake features of generated samples, (M, D)
     * @param directions rows of unit length, (directions, D)
     * @return the distance, in the unit of the features
     * @throws InvalidInputException if the features have different sizes
     */
    public static double between(Features real, Features fake, Features directions) {
        real.requireSameSize(fake);
        double sum = 0;
        for (int from = 0; from < directions.getCount(); from += TOGETHER) {
            int count = Math.min(TOGETHER, directions.getCount() - from);
            Features some = directions.select(IntStream.range(from, from + count).toArray());
            double[][] x = project(real, some);
            double[][] y = project(fake, some);
            double[] distances = new double[count];
            IntStream.range(0, count)
                    .parallel()
                    .forEach(
                            i -> {
                                Arrays.sort(x[i]);
                                Arrays.sort(y[i]);
                                distances[i] = earthMover(x[i], y[i]);
                            });
            for (double distance : distances) {
                sum += distance;
            }
        }
        return sum / directions.getCount();
    }

    private static double[][] project(Features features, Features directions) {
        double[][] result = new double[directions.getCount()][features.getCount()];
        DotProducts.forEach(
                features,
                directions,
                (row, from, products, offset, count) -> {
                    for (int j = 0; j < count; j++) {
                        result[from + j][row] = products[offset + j];
                    }
                });
        return result;
    }

    /** The area between the quantile functions of two sorted samples, which may differ in size. */
    static double earthMover(double[] x, double[] y) {
        double area = 0;
        int i = 0;
        int j = 0;
        // Quantiles in units of 1 / (x.length * y.length), which both steps are whole multiples of.
        long at = 0;
        long end = (long) x.length * y.length;
        while (at < end) {
            long next = Math.min((i + 1L) * y.length, (j + 1L) * x.length);
            area += (next - at) * Math.abs(x[i] - y[j]);
            i += next == (i + 1L) * y.length ? 1 : 0;
            j += next == (j + 1L) * x.length ? 1 : 0;
            at = next;
        }
        return area / end;
    }

    @Override
    public boolean isUsual() {
        return false;
    }

    /** {@inheritDoc} */
    @Override
    public Map<String, Double> evaluate(Evidence real, Evidence fake, long seed) {
        double distance = between(real.getFeatures(), fake.getFeatures(), DIRECTIONS, seed);
        return Map.of(getName(), distance);
    }
}
