package io.github.gan4j.latent;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.github.gan4j.InvalidInputException;
import io.github.gan4j.metric.FeatureExtractor;

/**
 * How much pictures are of a class, told by a classifier: the logarithm of the odds, \(\log p -
 * \log (1 - p)\), which grows steadily where the probability itself is nearly 0 or 1 for almost
 * all.
 */
public final class ClassAttribute implements Attribute {

    /** Of odds beyond, the classifier's floating-point numbers tell no more. */
    private static final double SURE = 1e-6;

    private final FeatureExtractor classifier;
    private final int index;
    private final String name;

    /**
     * Constructs an attribute.
     *
     * @param classifier an extractor that returns class probabilities; the caller closes it
     * @param index the number of the class, counted from 0
     * @param name what it is called
     */
    public ClassAttribute(FeatureExtractor classifier, int index, String name) {
        this.classifier = classifier;
        this.index = index;
        this.name = name;
    }

    @Override
    public String getName() {
        return name;
    }

    /**
     * {@inheritDoc}
     *
     * @throws InvalidInputException if the extractor tells no such class
     */
    @Override
    public double[] of(NDArray samples) {
        NDList answer = classifier.extract(samples);
        if (answer.size() < 2 || answer.get(1).getShape().get(1) <= index) {
            throw new InvalidInputException(
                    "The extractor %s tells no class %d.".formatted(classifier.getName(), index));
        }
        float[] probabilities = answer.get(1).get(":, " + index).toFloatArray();
        double[] odds = new double[probabilities.length];
        for (int i = 0; i < odds.length; i++) {
            double p = Math.max(SURE, Math.min(1 - SURE, probabilities[i]));
            odds[i] = Math.log(p) - Math.log(1 - p);
        }
        return odds;
    }
}
