package io.github.gan4j.metric;

import java.util.Arrays;
import java.util.stream.IntStream;

/** What a Frechet distance needs of symmetric positive semidefinite matrices, stored row by row. */
final class PositiveMatrix {

    private static final double EPSILON = Math.ulp(1.0);

    /**
     * Rows of a product that are computed together, so that a row of the right matrix is reused.
     */
    private static final int TOGETHER = 8;

    private PositiveMatrix() {}

    /**
     * Computes \(\mathrm{tr}\,(AB)^{1/2}\), as the sum of the roots of the eigenvalues of \(L^T B
     * L\) where \(A = L L^T\). It is as good as with \(L = A^{1/2}\), for the eigenvalues are those
     * of \(AB\) in either case; and where A is singular the matrix merely is smaller.
     */
    static double traceOfRoot(double[] a, double[] b, int n) {
        double[] factor = factor(a, n);
        int rank = factor.length / Math.max(1, n);
        double[] half = multiply(factor, rank, n, b, n);
        double[] product = multiply(half, rank, n, transpose(factor, rank, n), rank);
        double sum = 0;
        for (double value : SymmetricEigenvalues.of(product, rank)) {
            sum += Math.sqrt(Math.max(0, value));
        }
        return sum;
    }

    /**
     * Factors \(A = F^T F\) by Cholesky's method with pivots on the diagonal (Higham 2002,
     * "Accuracy and Stability of Numerical Algorithms", section 10.3), which stops at the rank of
     * A.
     *
     * @return F, (rank, n)
     */
    static double[] factor(double[] a, int n) {
        double[] rest = new double[n];
        double largest = 0;
        for (int i = 0; i < n; i++) {
            rest[i] = a[i * n + i];
            largest = Math.max(largest, rest[i]);
        }
        double[] factor = new double[n * n];
        int rank = 0;
        while (rank < n) {
            int pivot = 0;
            for (int i = 1; i < n; i++) {
                pivot = rest[i] > rest[pivot] ? i : pivot;
            }
            if (rest[pivot] <= n * EPSILON * largest) {
                break;
            }
            addRow(a, n, pivot, factor, rank, Math.sqrt(rest[pivot]));
            for (int i = 0; i < n; i++) {
                double value = factor[rank * n + i];
                rest[i] -= value * value;
            }
            rest[pivot] = 0;
            rank++;
        }
        return Arrays.copyOf(factor, rank * n);
    }

    private static void addRow(
            double[] a, int n, int pivot, double[] factor, int rank, double root) {
        int to = rank * n;
        System.arraycopy(a, pivot * n, factor, to, n);
        for (int k = 0; k < rank; k++) {
            double weight = factor[k * n + pivot];
            int from = k * n;
            for (int j = 0; j < n; j++) {
                factor[to + j] -= weight * factor[from + j];
            }
        }
        for (int j = 0; j < n; j++) {
            factor[to + j] /= root;
        }
    }

    /** Multiplies (rows, inner) with (inner, columns). */
    static double[] multiply(double[] x, int rows, int inner, double[] y, int columns) {
        double[] result = new double[rows * columns];
        IntStream.range(0, (rows + TOGETHER - 1) / TOGETHER)
                .parallel()
                .forEach(
                        group -> {
                            int begin = group * TOGETHER;
                            int end = Math.min(rows, begin + TOGETHER);
                            for (int k = 0; k < inner; k++) {
                                for (int i = begin; i < end; i++) {
                                    addScaled(x[i * inner + k], y, k, result, i, columns);
                                }
                            }
                        });
        return result;
    }

    private static void addScaled(
            double weight, double[] y, int from, double[] result, int to, int columns) {
        int source = from * columns;
        int target = to * columns;
        for (int j = 0; j < columns; j++) {
            result[target + j] += weight * y[source + j];
        }
    }

    private static double[] transpose(double[] x, int rows, int columns) {
        double[] result = new double[x.length];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                result[j * rows + i] = x[i * columns + j];
            }
        }
        return result;
    }
}
