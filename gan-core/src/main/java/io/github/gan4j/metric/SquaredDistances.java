package io.github.gan4j.metric;

import io.github.gan4j.InvalidInputException;
import java.util.Arrays;

/**
 * Squared Euclidean distances between all rows of two matrices, never all in memory at once.
 *
 * <p>They are computed as \(|x|^2 + |y|^2 - 2xy\). Products of two floats are exact in double
 * precision, and the three terms of equal rows are equal to the last bit, so equal rows are exactly
 * 0 apart.
 */
final class SquaredDistances {

    private SquaredDistances() {}

    /** Visits the distances between x and y; see {@link DotProducts#forEach}. */
    static void forEach(Features x, Features y, DotProducts.Visitor visitor) {
        double[] xNorms = DotProducts.squaredNorms(x);
        double[] yNorms = x == y ? xNorms : DotProducts.squaredNorms(y);
        DotProducts.forEach(
                x,
                y,
                (row, from, products, offset, count) -> {
                    for (int j = 0; j < count; j++) {
                        double sum = xNorms[row] + yNorms[from + j];
                        products[offset + j] = Math.max(0, sum - 2 * products[offset + j]);
                    }
                    visitor.visit(row, from, products, offset, count);
                });
    }

    /**
     * For each row the squared distance to its k-th nearest neighbour among the other rows.
     *
     * @throws InvalidInputException if there are not more than k rows
     */
    static double[] toNeighbor(Features x, int k) {
        if (x.getCount() <= k) {
            throw new InvalidInputException(
                    "%d samples have no %d neighbours each; give at least %d samples."
                            .formatted(x.getCount(), k, k + 1));
        }
        double[][] nearest = new double[x.getCount()][k];
        for (double[] row : nearest) {
            Arrays.fill(row, Double.POSITIVE_INFINITY);
        }
        forEach(
                x,
                x,
                (row, from, distances, offset, count) -> {
                    double[] best = nearest[row];
                    for (int j = 0; j < count; j++) {
                        double distance = distances[offset + j];
                        if (distance < best[k - 1] && from + j != row) {
                            insert(best, distance);
                        }
                    }
                });
        double[] result = new double[x.getCount()];
        Arrays.setAll(result, row -> nearest[row][k - 1]);
        return result;
    }

    /** Puts a value into a sorted list, whose last value falls out. */
    private static void insert(double[] sorted, double value) {
        int i = sorted.length - 1;
        while (i > 0 && sorted[i - 1] > value) {
            sorted[i] = sorted[i - 1];
            i--;
        }
        sorted[i] = value;
    }
}
