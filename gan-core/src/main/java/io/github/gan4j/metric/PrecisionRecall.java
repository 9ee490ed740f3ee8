package io.github.gan4j.metric;

import io.github.gan4j.InvalidInputException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Improved precision and recall (Kynkaanniemi et al. 2019, equations 1 and 2): the share of
 * generated samples that lie within the manifold of the real ones, and the other way round. A
 * manifold is the union of balls about its samples, each reaching to the sample's k-th nearest
 * neighbour. Points on a sphere are outside, as in the code of Naeem et al. 2020.
 *
 * <p>On a classifier's raw features noise has perfect precision; as a {@link Measure} this one
 * scales features to unit length.
 */
public final class PrecisionRecall extends AbstractMeasure {

    private static final int NEIGHBORS = 3;

    /**
     * What was measured.
     *
     * @param precision the share of generated samples in the real manifold, 0 to 1
     * @param recall the share of real samples in the generated manifold, 0 to 1
     */
    public record Result(double precision, double recall) {}

    /** Constructs the measure. */
    public PrecisionRecall() {
        super(
                "precision",
                "improved precision and recall (Kynkaanniemi et al. 2019), k = 3",
                false,
                Set.of(Evidence.Part.FEATURES),
                Set.of(Evidence.Part.FEATURES));
    }

    /**
     * Measures features as they are.
     *
     * @param real features of real samples, (N, D)
     * @param fake features of generated samples, (M, D)
     * @param k which neighbour a ball reaches to, usually 3
     * @return precision and recall
     * @throws InvalidInputException if either kind has not more than k samples, or all real samples
     *     are the same
     */
    public static Result between(Features real, Features fake, int k) {
        double[] realRadii = realRadii(real, k);
        double[] fakeRadii = SquaredDistances.toNeighbor(fake, k);
        // Threads may set one element of `precise` at once, but never to different values.
        boolean[] precise = new boolean[fake.getCount()];
        boolean[] recalled = new boolean[real.getCount()];
        SquaredDistances.forEach(
                real,
                fake,
                (row, from, distances, offset, count) -> {
                    for (int j = 0; j < count; j++) {
                        double distance = distances[offset + j];
                        if (distance < realRadii[row]) {
                            precise[from + j] = true;
                        }
                        if (distance < fakeRadii[from + j]) {
                            recalled[row] = true;
                        }
                    }
                });
        return new Result(share(precise), share(recalled));
    }

    /** The squared radii of the balls about real samples. */
    static double[] realRadii(Features real, int k) {
        double[] radii = SquaredDistances.toNeighbor(real, k);
        if (real.isConstant()) {
            throw new InvalidInputException(
                    ("All %d real samples have the same features, so nothing can be near them;"
                                    + " check the data and the extractor.")
                            .formatted(real.getCount()));
        }
        return radii;
    }

    static double share(boolean[] flags) {
        int count = 0;
        for (boolean flag : flags) {
            count += flag ? 1 : 0;
        }
        return (double) count / flags.length;
    }

    @Override
    public boolean isOnUnitFeatures() {
        return true;
    }

    /** {@inheritDoc} */
    @Override
    public Map<String, Double> evaluate(Evidence real, Evidence fake, long seed) {
        Result result = between(real.getUnitFeatures(), fake.getUnitFeatures(), NEIGHBORS);
        return new TreeMap<>(Map.of("precision", result.precision(), "recall", result.recall()));
    }
}
