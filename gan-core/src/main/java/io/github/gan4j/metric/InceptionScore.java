package io.github.gan4j.metric;

import io.github.gan4j.InvalidInputException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The inception score (Salimans et al. 2016, section 4): \(\exp \mathrm{E}_x \mathrm{KL}(p(y|x)
 * \,\|\, p(y))\), as mean and standard deviation over parts of the samples. It is 1 at least and
 * the number of classes at most, and says nothing of real samples.
 */
public final class InceptionScore extends AbstractMeasure {

    private static final int SPLITS = 10;

    /** Probabilities come in single precision, from softmaxes of many classes. */
    private static final double TOLERANCE = 1e-3;

    /**
     * What was measured.
     *
     * @param mean the mean over the parts
     * @param deviation the standard deviation over the parts, normalised by their number
     */
    public record Result(double mean, double deviation) {}

    /** Constructs the measure. */
    public InceptionScore() {
        super(
                "is",
                "inception score (Salimans et al. 2016)",
                false,
                Set.of(),
                Set.of(Evidence.Part.PROBABILITIES));
    }

    /**
     * Computes the score. The samples are cut into parts in the order in which they come, so mixed
     * classes must come in random order.
     *
     * @param probabilities class probabilities of generated samples, (N, K)
     * @param splits the number of parts, usually 10
     * @return mean and spread over the parts
     * @throws InvalidInputException if there are fewer samples than parts, or a row does not hold
     *     probabilities
     */
    public static Result of(Features probabilities, int splits) {
        int count = probabilities.getCount();
        if (splits < 1 || count < splits) {
            throw new InvalidInputException(
                    "%d samples cannot be cut into %d parts for the inception score; draw more."
                            .formatted(count, splits));
        }
        requireProbabilities(probabilities);
        double[] scores = new double[splits];
        double sum = 0;
        for (int i = 0; i < splits; i++) {
            int from = (int) ((long) i * count / splits);
            int to = (int) ((long) (i + 1) * count / splits);
            scores[i] = score(probabilities, from, to);
            sum += scores[i];
        }
        double mean = sum / splits;
        double squares = 0;
        for (double score : scores) {
            squares += (score - mean) * (score - mean);
        }
        return new Result(mean, Math.sqrt(squares / splits));
    }

    private static double score(Features probabilities, int from, int to) {
        double[] marginal = new double[probabilities.getSize()];
        double negativeEntropies = 0;
        for (int row = from; row < to; row++) {
            for (int k = 0; k < marginal.length; k++) {
                double p = probabilities.get(row, k);
                marginal[k] += p / (to - from);
                negativeEntropies += Entropy.term(p);
            }
        }
        double marginalTerm = 0;
        for (double p : marginal) {
            marginalTerm += Entropy.term(p);
        }
        return Math.exp(negativeEntropies / (to - from) - marginalTerm);
    }

    private static void requireProbabilities(Features probabilities) {
        for (int row = 0; row < probabilities.getCount(); row++) {
            double sum = 0;
            double least = 0;
            for (int k = 0; k < probabilities.getSize(); k++) {
                sum += probabilities.get(row, k);
                least = Math.min(least, probabilities.get(row, k));
            }
            if (least < 0 || Math.abs(sum - 1) > TOLERANCE) {
                throw new InvalidInputException(
                        ("Row %d does not hold class probabilities: they sum to %s;"
                                        + " give the softmax of the logits.")
                                .formatted(row, sum));
            }
        }
    }

    /** {@inheritDoc} */
    @Override
    public Map<String, Double> evaluate(Evidence real, Evidence fake, long seed) {
        Features all = fake.getProbabilities();
        Result result = of(all.subset(all.getCount(), seed), SPLITS);
        return new TreeMap<>(
                Map.of(getName(), result.mean(), getName() + "-std", result.deviation()));
    }
}
