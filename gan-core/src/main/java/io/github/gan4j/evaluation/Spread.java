package io.github.gan4j.evaluation;

import java.util.List;

/**
 * What several evaluations came to.
 *
 * @param values a number from each
 */
public record Spread(List<Double> values) {

    /**
     * Returns the mean.
     *
     * @return the mean over the evaluations
     */
    public double mean() {
        return values.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
    }

    /**
     * Returns the spread.
     *
     * @return the standard deviation over the evaluations, by n - 1; NaN of fewer than two
     */
    public double deviation() {
        double mean = mean();
        double squares = values.stream().mapToDouble(v -> (v - mean) * (v - mean)).sum();
        return values.size() < 2 ? Double.NaN : Math.sqrt(squares / (values.size() - 1));
    }
}
