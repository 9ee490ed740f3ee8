package io.github.gan4j.metric;

import io.github.gan4j.InvalidInputException;
import java.util.Map;
import java.util.Set;

/** The share of generated samples that a classifier finds in the class that was asked for. */
public final class LabelAccuracy extends AbstractMeasure {

    /** Constructs the measure. */
    public LabelAccuracy() {
        super(
                "accuracy",
                "share of samples that are of the class that was asked for",
                false,
                Set.of(),
                Set.of(Evidence.Part.CLASSES, Evidence.Part.LABELS));
    }

    /**
     * Computes the accuracy.
     *
     * @param wanted the classes that were asked for
     * @param predicted the classes that a classifier finds
     * @return the share of those that agree, 0 to 1
     * @throws InvalidInputException if there are none, or not equally many
     */
    public static double of(int[] wanted, int[] predicted) {
        if (wanted.length != predicted.length || wanted.length == 0) {
            throw new InvalidInputException(
                    ("%d labels and %d predictions cannot be compared;"
                                    + " give one of each for each sample.")
                            .formatted(wanted.length, predicted.length));
        }
        int right = 0;
        for (int i = 0; i < wanted.length; i++) {
            right += wanted[i] == predicted[i] ? 1 : 0;
        }
        return (double) right / wanted.length;
    }

    /** {@inheritDoc} */
    @Override
    public Map<String, Double> evaluate(Evidence real, Evidence fake, long seed) {
        return Map.of(getName(), of(fake.getLabels(), fake.getClasses()));
    }
}
