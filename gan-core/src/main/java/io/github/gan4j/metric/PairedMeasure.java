package io.github.gan4j.metric;

import io.github.gan4j.InvalidInputException;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** A measure of pairs of pictures, the i-th real one with the i-th generated one, by its mean. */
abstract class PairedMeasure extends AbstractMeasure {

    PairedMeasure(String name, String summary, boolean lowerBetter) {
        super(
                name,
                summary,
                lowerBetter,
                Set.of(Evidence.Part.IMAGES),
                Set.of(Evidence.Part.IMAGES));
    }

    /**
     * Compares two pictures.
     *
     * @param a pictures
     * @param i which of them
     * @param b pictures of the same size
     * @param j which of them
     * @return the value
     * @throws InvalidInputException if the pictures have different sizes, or are too small
     */
    public abstract double between(Images a, int i, Images b, int j);

    /**
     * Compares pictures pair by pair.
     *
     * @param real pictures, (N, C, H, W)
     * @param fake pictures of the same number and size
     * @return the mean value
     * @throws InvalidInputException if the pictures are no pairs, or are too small
     */
    public final double mean(Images real, Images fake) {
        real.requirePairs(fake);
        double[] values = new double[real.getCount()];
        IntStream.range(0, values.length)
                .parallel()
                .forEach(i -> values[i] = between(real, i, fake, i));
        return Arrays.stream(values).sum() / values.length;
    }

    @Override
    public final boolean isUsual() {
        return false;
    }

    /** {@inheritDoc} */
    @Override
    public final Map<String, Double> evaluate(Evidence real, Evidence fake, long seed) {
        return Map.of(getName(), mean(real.getImages(), fake.getImages()));
    }
}
