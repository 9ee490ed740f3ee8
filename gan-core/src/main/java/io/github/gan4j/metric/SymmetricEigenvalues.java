package io.github.gan4j.metric;

import java.util.Arrays;

/**
 * The eigenvalues of a symmetric matrix: reflections bring it to tridiagonal form, and QL steps
 * with implicit shifts make that diagonal (Golub and Van Loan 2013, "Matrix Computations", sections
 * 8.3.1 and 8.3.3; Dubrulle, Martin and Wilkinson 1968).
 *
 * <p>Errors are a small multiple of the unit roundoff times the largest eigenvalue.
 */
final class SymmetricEigenvalues {

    private static final double EPSILON = Math.ulp(1.0);
    private static final int MOST_STEPS = 100;

    private final int n;
    private final double[] a;
    private final double[] diagonal;
    private final double[] beside;

    private SymmetricEigenvalues(double[] a, int n) {
        this.a = a;
        this.n = n;
        diagonal = new double[n];
        beside = new double[n];
    }

    /**
     * Computes the eigenvalues.
     *
     * @param matrix n * n values, which are left alone; it is symmetric but for rounding
     * @return n values, ascending
     */
    static double[] of(double[] matrix, int n) {
        double scale = 0;
        for (int i = 0; i < n * n; i++) {
            scale = Math.max(scale, Math.abs(matrix[i]));
        }
        if (scale == 0) {
            return new double[n];
        }
        double[] scaled = new double[n * n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                scaled[i * n + j] = (matrix[i * n + j] + matrix[j * n + i]) / 2 / scale;
            }
        }
        SymmetricEigenvalues work = new SymmetricEigenvalues(scaled, n);
        work.tridiagonalize();
        work.diagonalize();
        double[] values = work.diagonal;
        for (int i = 0; i < n; i++) {
            values[i] *= scale;
        }
        Arrays.sort(values);
        return values;
    }

    private void tridiagonalize() {
        double[] v = new double[n];
        double[] w = new double[n];
        for (int k = 0; k < n; k++) {
            diagonal[k] = a[k * n + k];
            double squares = 0;
            for (int j = k + 2; j < n; j++) {
                squares += a[k * n + j] * a[k * n + j];
            }
            double first = k + 1 < n ? a[k * n + k + 1] : 0;
            if (squares == 0) {
                beside[k] = first;
                continue;
            }
            beside[k] = -Math.copySign(Math.sqrt(squares + first * first), first);
            System.arraycopy(a, k * n, v, 0, n);
            v[k + 1] = first - beside[k];
            reflect(k + 1, v, w, 2 / (squares + v[k + 1] * v[k + 1]));
        }
    }

    /** Applies \(I - \beta v v^T\) from both sides to the rows and columns from {@code m} on. */
    private void reflect(int m, double[] v, double[] w, double beta) {
        Arrays.fill(w, 0);
        for (int i = m; i < n; i++) {
            double weight = beta * v[i];
            int row = i * n;
            for (int j = m; j < n; j++) {
                w[j] += weight * a[row + j];
            }
        }
        double dot = 0;
        for (int j = m; j < n; j++) {
            dot += w[j] * v[j];
        }
        double half = beta / 2 * dot;
        for (int j = m; j < n; j++) {
            w[j] -= half * v[j];
        }
        for (int i = m; i < n; i++) {
            double vi = v[i];
            double wi = w[i];
            int row = i * n;
            for (int j = m; j < n; j++) {
                a[row + j] -= vi * w[j] + wi * v[j];
            }
        }
    }

    private void diagonalize() {
        double norm = 0;
        for (int i = 0; i < n; i++) {
            norm = Math.max(norm, Math.abs(diagonal[i]) + Math.abs(beside[i]));
        }
        double negligible = EPSILON * norm;
        for (int from = 0; from < n; from++) {
            int steps = 0;
            int to = endOfBlock(from, negligible);
            while (to > from) {
                if (steps++ == MOST_STEPS) {
                    throw new IllegalStateException("The eigenvalues do not converge.");
                }
                step(from, to);
                to = endOfBlock(from, negligible);
            }
        }
    }

    /** Finds the first row from {@code from} on that nothing ties to the next one. */
    private int endOfBlock(int from, double negligible) {
        int to = from;
        while (to < n - 1 && Math.abs(beside[to]) > negligible) {
            to++;
        }
        return to;
    }

    /** One QL step on the rows {@code from .. to}, chasing the bulge upwards. */
    private void step(int from, int to) {
        double[] d = diagonal;
        double[] e = beside;
        double g = (d[from + 1] - d[from]) / (2 * e[from]);
        double shift = d[from] - e[from] / (g + Math.copySign(Math.sqrt(g * g + 1), g));
        g = d[to] - shift;
        double sine = 1;
        double cosine = 1;
        double p = 0;
        for (int i = to - 1; i >= from; i--) {
            double f = sine * e[i];
            double b = cosine * e[i];
            double r = Math.sqrt(f * f + g * g);
            e[i + 1] = r;
            if (r == 0) {
                d[i + 1] -= p;
                e[to] = 0;
                return;
            }
            sine = f / r;
            cosine = g / r;
            g = d[i + 1] - p;
            r = (d[i] - g) * sine + 2 * cosine * b;
            p = sine * r;
            d[i + 1] = g + p;
            g = cosine * r - b;
        }
        d[from] -= p;
        e[from] = g;
        e[to] = 0;
    }
}
