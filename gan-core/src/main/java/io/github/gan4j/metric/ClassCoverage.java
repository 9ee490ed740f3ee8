package io.github.gan4j.metric;

import io.github.gan4j.InvalidInputException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which classes a model generates, by the eyes of a classifier: how many, and how evenly. With the
 * 1000 classes of stacked digits this is the StackedMNIST protocol (Metz et al. 2017; Lin et al.
 * 2018), which takes 26,000 samples and reports modes and the KL divergence.
 *
 * <p>A model that generates one point in each class looks perfect here; so see {@link ClassSpread}
 * as well.
 */
public final class ClassCoverage extends AbstractMeasure {

    /**
     * What was measured.
     *
     * @param modes how many classes have at least one sample
     * @param classes how many there are
     * @param entropy the entropy of the classes of generated samples, in nats; the logarithm of the
     *     number of classes at most
     * @param divergence the KL divergence of the classes of generated samples from the uniform
     *     distribution, in nats; 0 at least
     */
    public record Result(int modes, int classes, double entropy, double divergence) {}

    /** Constructs the measure. */
    public ClassCoverage() {
        super(
                "modes",
                "classes that are generated, and how evenly",
                false,
                Set.of(),
                Set.of(Evidence.Part.CLASSES));
    }

    /**
     * Counts classes.
     *
     * @param predicted the classes of generated samples, 0 .. classes - 1
     * @param classes how many classes there are
     * @return coverage and evenness
     * @throws InvalidInputException if there are no samples, or one is of no such class
     */
    public static Result of(int[] predicted, int classes) {
        if (predicted.length == 0) {
            throw new InvalidInputException("There are no samples to measure; give at least one.");
        }
        int[] counts = new int[classes];
        for (int i = 0; i < predicted.length; i++) {
            if (predicted[i] < 0 || predicted[i] >= classes) {
                throw new InvalidInputException(
                        "Sample %d is of class %d, but classes are 0 to %d."
                                .formatted(i, predicted[i], classes - 1));
            }
            counts[predicted[i]]++;
        }
        int modes = 0;
        double entropy = 0;
        for (int count : counts) {
            modes += count > 0 ? 1 : 0;
            entropy -= Entropy.term((double) count / predicted.length);
        }
        return new Result(modes, classes, entropy, Math.max(0, Math.log(classes) - entropy));
    }

    /**
     * Numbers the classes of stacked digits.
     *
     * @param digits for each channel the digits of all samples, 0 to 9, the most significant
     *     channel first
     * @return for each sample its class, 0 to 999 for three channels
     */
    public static int[] stack(int[]... digits) {
        int[] classes = new int[digits[0].length];
        for (int[] channel : digits) {
            for (int i = 0; i < classes.length; i++) {
                classes[i] = classes[i] * 10 + channel[i];
            }
        }
        return classes;
    }

    /** {@inheritDoc} */
    @Override
    public Map<String, Double> evaluate(Evidence real, Evidence fake, long seed) {
        Result result = of(fake.getClasses(), fake.getClassCount());
        return new TreeMap<>(
                Map.of(
                        "modes",
                        (double) result.modes(),
                        "modes-entropy",
                        result.entropy(),
                        "modes-kl",
                        result.divergence()));
    }
}
