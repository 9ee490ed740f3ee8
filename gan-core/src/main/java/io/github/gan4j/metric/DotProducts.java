package io.github.gan4j.metric;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The dot products of all rows of one matrix with all rows of another, in double precision, a tile
 * at a time so that each tile stays in the processor's cache.
 *
 * <p>Blocks of rows run in parallel. Each product is summed up in one fixed order, the same as in
 * {@link #squaredNorms}, so that equal rows have products that are equal to the last bit.
 */
final class DotProducts {

    /** Rows of the first matrix that one thread works on at a time. */
    private static final int BLOCK = 64;

    /** Rows of the second matrix that are multiplied at a time. */
    private static final int TILE = 64;

    /** Rows that the innermost loop handles together, so that each value loaded is used often. */
    private static final int TOGETHER = 4;

    private DotProducts() {}

    /** Takes a piece of a row of products. */
    @FunctionalInterface
    interface Visitor {

        /**
         * @param row the row of the first matrix; all its pieces come on one thread, left to right
         * @param from the row of the second matrix that the piece begins with
         * @param products the values, from {@code offset} on
         * @param count how many
         */
        void visit(int row, int from, double[] products, int offset, int count);
    }

    static void forEach(Features x, Features y, Visitor visitor) {
        x.requireSameSize(y);
        int blocks = (x.getCount() + BLOCK - 1) / BLOCK;
        IntStream.range(0, blocks).parallel().forEach(i -> block(x, y, i * BLOCK, visitor));
    }

    /** The product of each row with itself. */
    static double[] squaredNorms(Features x) {
        float[] values = x.values();
        double[] norms = new double[x.getCount()];
        for (int row = 0; row < norms.length; row++) {
            int start = row * x.getSize();
            double sum = 0;
            for (int k = 0; k < x.getSize(); k += 2) {
                double a = values[start + k];
                double b = k + 1 < x.getSize() ? values[start + k + 1] : 0;
                sum += a * a + b * b;
            }
            norms[row] = sum;
        }
        return norms;
    }

    private static void block(Features x, Features y, int begin, Visitor visitor) {
        int depth = x.getSize() + x.getSize() % 2;
        int rows = Math.min(BLOCK, x.getCount() - begin);
        double[] left = rows(x, begin, rows, depth);
        double[] panel = new double[depth * TILE];
        double[] sums = new double[TOGETHER * TILE];
        for (int from = 0; from < y.getCount(); from += TILE) {
            int columns = Math.min(TILE, y.getCount() - from);
            pack(y, from, columns, panel);
            for (int r = 0; r < rows; r += TOGETHER) {
                multiply(left, r * depth, depth, panel, sums);
                for (int i = 0; i < Math.min(TOGETHER, rows - r); i++) {
                    visitor.visit(begin + r + i, from, sums, i * TILE, columns);
                }
            }
        }
    }

    /** Copies rows, padded with zeros to an even length and to a whole group of rows. */
    private static double[] rows(Features x, int begin, int count, int depth) {
        double[] result = new double[BLOCK * depth];
        for (int r = 0; r < count; r++) {
            for (int k = 0; k < x.getSize(); k++) {
                result[r * depth + k] = x.values()[(begin + r) * x.getSize() + k];
            }
        }
        return result;
    }

    /** Copies rows as columns, padded with zeros. */
    private static void pack(Features y, int from, int count, double[] panel) {
        Arrays.fill(panel, 0);
        for (int j = 0; j < count; j++) {
            for (int k = 0; k < y.getSize(); k++) {
                panel[k * TILE + j] = y.values()[(from + j) * y.getSize() + k];
            }
        }
    }

    /**
     * Multiplies four rows with a panel. All sums lie in one array because the compiler vectorises
     * that: it sees that they do not overlap.
     */
    private static void multiply(double[] x, int at, int depth, double[] panel, double[] sums) {
        Arrays.fill(sums, 0);
        int b = at + depth;
        int c = b + depth;
        int d = c + depth;
        for (int k = 0; k < depth; k += 2) {
            double a0 = x[at + k];
            double a1 = x[at + k + 1];
            double b0 = x[b + k];
            double b1 = x[b + k + 1];
            double c0 = x[c + k];
            double c1 = x[c + k + 1];
            double d0 = x[d + k];
            double d1 = x[d + k + 1];
            int p = k * TILE;
            for (int j = 0; j < TILE; j++) {
                double u = panel[p + j];
                double v = panel[p + TILE + j];
                sums[j] += a0 * u + a1 * v;
                sums[TILE + j] += b0 * u + b1 * v;
                sums[2 * TILE + j] += c0 * u + c1 * v;
                sums[3 * TILE + j] += d0 * u + d1 * v;
            }
        }
    }
}
