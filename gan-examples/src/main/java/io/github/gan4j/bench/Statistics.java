package io.github.gan4j.bench;

import java.util.Arrays;
import java.util.Collection;

/**
 * Where the values of a sample lie.
 *
 * @param median the middle value, or the mean of the two middle ones
 * @param min the least value
 * @param max the greatest value
 */
public record Statistics(double median, double min, double max) {

    /**
     * Describes a sample.
     *
     * @param values at least one value
     * @return its median and its range
     */
    public static Statistics of(double... values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("There is no median of no values.");
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        double median =
                sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Statistics(median, sorted[0], sorted[sorted.length - 1]);
    }

    static Statistics of(Collection<Double> values) {
        return of(values.stream().mapToDouble(Double::doubleValue).toArray());
    }
}
