package io.github.gan4j.metric;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Density and coverage (Naeem et al. 2020, equations 4 and 5): how many of the balls about real
 * samples a generated one lies in, over the number expected, k; and the share of those balls that
 * hold a generated sample. A ball reaches to its sample's k-th nearest real neighbour, and points
 * on the sphere are outside.
 *
 * <p>On a classifier's raw features noise has perfect density; as a {@link Measure} this one scales
 * features to unit length.
 */
public final class DensityCoverage extends AbstractMeasure {

    private static final int NEIGHBORS = 5;

    /**
     * What was measured.
     *
     * @param density 0 or more; about 1 for samples like the real ones
     * @param coverage 0 to 1
     */
    public record Result(double density, double coverage) {}

    /** Constructs the measure. */
    public DensityCoverage() {
        super(
                "coverage",
                "density and coverage (Naeem et al. 2020), k = 5",
                false,
                Set.of(Evidence.Part.FEATURES),
                Set.of(Evidence.Part.FEATURES));
    }

    /**
     * Measures features as they are.
     *
     * @param real features of real samples, (N, D)
     * @param fake features of generated samples, (M, D)
     * @param k which neighbour a ball reaches to, usually 5
     * @return density and coverage
     * @throws io.github.gan4j.InvalidInputException if there are not more than k real samples, or
     *     all of them are the same
     */
    public static Result between(Features real, Features fake, int k) {
        double[] radii = PrecisionRecall.realRadii(real, k);
        long[] inside = new long[real.getCount()];
        SquaredDistances.forEach(
                real,
                fake,
                (row, from, distances, offset, count) -> {
                    for (int j = 0; j < count; j++) {
                        inside[row] += distances[offset + j] < radii[row] ? 1 : 0;
                    }
                });
        long total = 0;
        boolean[] covered = new boolean[inside.length];
        for (int i = 0; i < inside.length; i++) {
            total += inside[i];
            covered[i] = inside[i] > 0;
        }
        double density = (double) total / k / fake.getCount();
        return new Result(density, PrecisionRecall.share(covered));
    }

    @Override
    public boolean isOnUnitFeatures() {
        return true;
    }

    /** {@inheritDoc} */
    @Override
    public Map<String, Double> evaluate(Evidence real, Evidence fake, long seed) {
        Result result = between(real.getUnitFeatures(), fake.getUnitFeatures(), NEIGHBORS);
        return new TreeMap<>(Map.of("coverage", result.coverage(), "density", result.density()));
    }
}
