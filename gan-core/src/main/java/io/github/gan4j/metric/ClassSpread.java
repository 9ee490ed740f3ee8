package io.github.gan4j.metric;

import io.github.gan4j.InvalidInputException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * How much generated samples of one class differ, compared with real ones: the root of the total
 * variance of features within the class, generated over real. It is 1 for a perfect model and 0 for
 * one that generates one point in each class, which measures of modes call perfect.
 */
public final class ClassSpread extends AbstractMeasure {

    /**
     * What was measured.
     *
     * @param mean the mean over classes of which there are two samples of either kind
     * @param least the least of them
     */
    public record Result(double mean, double least) {}

    /** Constructs the measure. */
    public ClassSpread() {
        super(
                "spread",
                "spread of features within a class, generated over real",
                false,
                Set.of(Evidence.Part.FEATURES, Evidence.Part.CLASSES),
                Set.of(Evidence.Part.FEATURES, Evidence.Part.CLASSES));
    }

    /**
     * Compares the spread.
     *
     * @param real features of real samples, (N, D)
     * @param realClasses their classes, 0 .. classes - 1
     * @param fake features of generated samples, (M, D)
     * @param fakeClasses their classes
     * @param classes how many classes there are
     * @return the spread
     * @throws InvalidInputException if no class has two samples of either kind and real ones that
     *     differ
     */
    public static Result between(
            Features real, int[] realClasses, Features fake, int[] fakeClasses, int classes) {
        real.requireSameSize(fake);
        double[] realSpread = spread(real, realClasses, classes);
        double[] fakeSpread = spread(fake, fakeClasses, classes);
        double sum = 0;
        double least = Double.POSITIVE_INFINITY;
        int counted = 0;
        for (int k = 0; k < classes; k++) {
            if (realSpread[k] > 0 && fakeSpread[k] >= 0) {
                double ratio = fakeSpread[k] / realSpread[k];
                sum += ratio;
                least = Math.min(least, ratio);
                counted++;
            }
        }
        if (counted == 0) {
            throw new InvalidInputException(
                    "No class has two generated samples and two different real ones;"
                            + " draw more samples.");
        }
        return new Result(sum / counted, least);
    }

    /** The root of the total variance within each class; -1 where it has fewer than two samples. */
    private static double[] spread(Features features, int[] classes, int classCount) {
        int size = features.getSize();
        int[] counts = new int[classCount];
        double[][] means = new double[classCount][size];
        for (int row = 0; row < features.getCount(); row++) {
            counts[classes[row]]++;
            for (int i = 0; i < size; i++) {
                means[classes[row]][i] += features.get(row, i);
            }
        }
        for (int k = 0; k < classCount; k++) {
            for (int i = 0; i < size; i++) {
                means[k][i] /= counts[k];
            }
        }
        double[] squares = new double[classCount];
        for (int row = 0; row < features.getCount(); row++) {
            for (int i = 0; i < size; i++) {
                double gap = features.get(row, i) - means[classes[row]][i];
                squares[classes[row]] += gap * gap;
            }
        }
        for (int k = 0; k < classCount; k++) {
            squares[k] = counts[k] < 2 ? -1 : Math.sqrt(squares[k] / (counts[k] - 1));
        }
        return squares;
    }

    /** {@inheritDoc} */
    @Override
    public Map<String, Double> evaluate(Evidence real, Evidence fake, long seed) {
        Result result =
                between(
                        real.getFeatures(),
                        real.getClasses(),
                        fake.getFeatures(),
                        fake.getClasses(),
                        real.getClassCount());
        return new TreeMap<>(
                Map.of(getName(), result.mean(), getName() + "-least", result.least()));
    }
}
