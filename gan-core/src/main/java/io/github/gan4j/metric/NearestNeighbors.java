package io.github.gan4j.metric;

import io.github.gan4j.InvalidInputException;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/**
 * Memorisation: for each generated sample the nearest training sample, and how near it is compared
 * with how near training samples are to each other.
 */
public final class NearestNeighbors extends AbstractMeasure {

    /** How many training samples tell how near training samples are to each other. */
    private static final int PROBES = 2000;

    /**
     * What was found.
     *
     * @param rows for each generated sample the row of the nearest training sample, of equally near
     *     ones the first
     * @param distances for each generated sample the Euclidean distance to it
     * @param ratio the median of the distances over the median distance of a training sample to the
     *     nearest other one: about 1 for a model that has learnt the distribution, near 0 for one
     *     that repeats training samples
     * @param copies the share of generated samples that are nearer to a training sample than 99 %
     *     of training samples are to another
     */
    public record Result(int[] rows, double[] distances, double ratio, double copies) {}

    /** Constructs the measure. */
    public NearestNeighbors() {
        super(
                "novelty",
                "distance to the nearest training sample, over that between training samples",
                false,
                Set.of(Evidence.Part.FEATURES),
                Set.of(Evidence.Part.FEATURES));
    }

    /**
     * Finds the nearest training samples.
     *
     * @param train features of training samples, (N, D), N at least 2: all of them, or those that
     *     were left out would seem new
     * @param fake features of generated samples, (M, D)
     * @param seed the seed of the choice of training samples, 2000 at most, whose distance to their
     *     neighbours is the yardstick
     * @return neighbours, distances and how they compare
     * @throws InvalidInputException if there is only one training sample
     */
    public static Result find(Features train, Features fake, long seed) {
        Random random = Sampling.random(seed, "novelty");
        int probes = Math.min(PROBES, train.getCount());
        int[] chosen = Sampling.choose(train.getCount(), probes, random);
        if (train.getCount() < 2) {
            throw new InvalidInputException(
                    "One training sample has no neighbour; give at least 2.");
        }
        double[] among = nearest(train, train.select(chosen), chosen, new int[probes]);
        int[] rows = new int[fake.getCount()];
        double[] distances = nearest(train, fake, null, rows);
        Arrays.sort(among);
        double[] sorted = distances.clone();
        Arrays.sort(sorted);
        double closest = among[among.length / 100];
        int copies = 0;
        for (double distance : distances) {
            copies += distance < closest || distance == 0 ? 1 : 0;
        }
        double ratio = ratio(median(sorted), median(among));
        return new Result(rows, distances, ratio, (double) copies / distances.length);
    }

    /** Finds the nearest training sample to each probe, other than the probe itself. */
    private static double[] nearest(Features train, Features probes, int[] self, int[] rows) {
        double[] least = new double[probes.getCount()];
        Arrays.fill(least, Double.POSITIVE_INFINITY);
        SquaredDistances.forEach(
                probes,
                train,
                (row, from, distances, offset, count) -> {
                    for (int j = 0; j < count; j++) {
                        boolean other = self == null || self[row] != from + j;
                        if (other && distances[offset + j] < least[row]) {
                            least[row] = distances[offset + j];
                            rows[row] = from + j;
                        }
                    }
                });
        Arrays.setAll(least, i -> Math.sqrt(least[i]));
        return least;
    }

    private static double median(double[] sorted) {
        int n = sorted.length;
        return (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
    }

    /** A training set of copies has no yardstick: then to be as near is 1, and else infinite. */
    private static double ratio(double fake, double train) {
        return fake == train ? 1 : fake / train;
    }

    @Override
    public boolean isUsual() {
        return false;
    }

    @Override
    public boolean isAgainstTraining() {
        return true;
    }

    /** {@inheritDoc} */
    @Override
    public Map<String, Double> evaluate(Evidence real, Evidence fake, long seed) {
        Result result = find(real.getFeatures(), fake.getFeatures(), seed);
        return new TreeMap<>(
                Map.of(getName(), result.ratio(), getName() + "-copies", result.copies()));
    }
}
