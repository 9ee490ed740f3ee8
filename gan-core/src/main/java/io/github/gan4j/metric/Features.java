package io.github.gan4j.metric;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import io.github.gan4j.InvalidInputException;
import java.util.Arrays;

/**
 * Features of samples: an immutable matrix with a row for each sample, all values finite.
 *
 * <p>Class probabilities have the same form.
 */
public final class Features {

    private final float[] values;
    private final int count;
    private final int size;

    private Features(float[] values, int count, int size) {
        this.values = values;
        this.count = count;
        this.size = size;
    }

    /**
     * Makes features from values, row after row.
     *
     * @param size the length D of a row
     * @param values N * D values; they are copied
     * @return (N, D) features
     * @throws InvalidInputException if there is no row, the last one is not whole, or a value is
     *     NaN or infinite
     */
    public static Features of(int size, float... values) {
        return builder(size).add(values).build();
    }

    /**
     * Makes features from rows.
     *
     * @param rows N rows of the same length
     * @return (N, D) features
     * @throws InvalidInputException if there is no row, one has another length, or a value is NaN
     *     or infinite
     */
    public static Features of(float[][] rows) {
        Builder builder = builder(rows.length == 0 ? 1 : rows[0].length);
        for (float[] row : rows) {
            if (row.length != rows[0].length) {
                throw new InvalidInputException(
                        "A row has %d features where the first has %d; give rows of one length."
                                .formatted(row.length, rows[0].length));
            }
            builder.add(row);
        }
        return builder.build();
    }

    /**
     * Copies features from an array.
     *
     * @param array (N, D), or (N, ...), which is flattened to (N, D)
     * @return (N, D) features
     * @throws InvalidInputException if there is no row, or a value is NaN or infinite
     */
    public static Features of(NDArray array) {
        return builder(rowSize(array)).add(array).build();
    }

    /**
     * Starts features that grow batch by batch.
     *
     * @param size the length D of a row
     * @return a builder
     */
    public static Builder builder(int size) {
        return new Builder(size);
    }

    /**
     * Returns the number of rows.
     *
     * @return N
     */
    public int getCount() {
        return count;
    }

    /**
     * Returns the length of a row.
     *
     * @return D
     */
    public int getSize() {
        return size;
    }

    /**
     * Returns a value.
     *
     * @param row which sample
     * @param column which feature
     * @return the value
     */
    public float get(int row, int column) {
        return values[row * size + column];
    }

    /**
     * Returns a row.
     *
     * @param row which sample
     * @return a copy of its D values
     */
    public float[] row(int row) {
        return Arrays.copyOfRange(values, row * size, (row + 1) * size);
    }

    /**
     * Scales each row to a Euclidean length of one. A row of zeros stays as it is.
     *
     * <p>The length of a classifier's features tells mostly how sure it is. Distances between raw
     * features call noise and black pictures perfect, for those lie near the origin in the midst of
     * all.
     *
     * @return (N, D) features
     */
    public Features normalized() {
        float[] result = new float[values.length];
        for (int row = 0; row < count; row++) {
            double sum = 0;
            for (int i = row * size; i < (row + 1) * size; i++) {
                sum += (double) values[i] * values[i];
            }
            double scale = sum == 0 ? 0 : 1 / Math.sqrt(sum);
            for (int i = row * size; i < (row + 1) * size; i++) {
                result[i] = (float) (values[i] * scale);
            }
        }
        return new Features(result, count, size);
    }

    /**
     * Draws rows at random, without replacement: never "the first n", which in most data sets are
     * easier or harder than the others.
     *
     * @param rows how many
     * @param seed the seed of the choice
     * @return (rows, D) features
     * @throws InvalidInputException if there are fewer
     */
    public Features subset(int rows, long seed) {
        if (rows < 1 || rows > count) {
            throw new InvalidInputException(
                    "%d samples are wanted but there are %d; ask for 1 to %2$d."
                            .formatted(rows, count));
        }
        return select(Sampling.choose(count, rows, Sampling.random(seed, "subset")));
    }

    /**
     * Picks rows.
     *
     * @param rows their indices
     * @return (rows, D) features
     * @throws InvalidInputException if none is picked
     */
    public Features select(int... rows) {
        if (rows.length == 0) {
            throw new InvalidInputException("No samples were picked; pick at least one.");
        }
        float[] result = new float[rows.length * size];
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(values, rows[i] * size, result, i * size, size);
        }
        return new Features(result, rows.length, size);
    }

    /**
     * Finds the largest value of each row; of class probabilities, the predicted class.
     *
     * @return N columns; of equal values the first
     */
    public int[] argMax() {
        int[] result = new int[count];
        for (int row = 0; row < count; row++) {
            for (int column = 1; column < size; column++) {
                if (get(row, column) > get(row, result[row])) {
                    result[row] = column;
                }
            }
        }
        return result;
    }

    /** Tells whether all rows are the same. */
    boolean isConstant() {
        for (int i = size; i < values.length; i++) {
            if (values[i] != values[i - size]) {
                return false;
            }
        }
        return true;
    }

    /** The values, row after row; not to be changed. */
    float[] values() {
        return values;
    }

    /** Refuses features that cannot be compared with these. */
    void requireSameSize(Features other) {
        if (size != other.size) {
            throw new InvalidInputException(
                    ("Features of size %d cannot be compared with features of size %d;"
                                    + " use one extractor for both.")
                            .formatted(size, other.size));
        }
    }

    private static int rowSize(NDArray array) {
        long rows = array.getShape().dimension() == 0 ? 0 : array.getShape().get(0);
        return rows == 0 ? 1 : Math.toIntExact(array.size() / rows);
    }

    /** Gathers features batch by batch; how the rows were batched leaves no trace. */
    public static final class Builder {

        private final int size;
        private float[] values;
        private int length;

        private Builder(int size) {
            if (size < 1) {
                throw new InvalidInputException(
                        "A row of features needs at least one value, not " + size + ".");
            }
            this.size = size;
            values = new float[size * 64];
        }

        /**
         * Appends rows.
         *
         * @param rows values, row after row
         * @return this builder
         * @throws InvalidInputException if a row is not whole, or a value is NaN or infinite
         */
        public Builder add(float... rows) {
            if (rows.length % size != 0) {
                throw new InvalidInputException(
                        "%d values are no whole rows of %d features.".formatted(rows.length, size));
            }
            for (int i = 0; i < rows.length; i++) {
                if (!Float.isFinite(rows[i])) {
                    throw new InvalidInputException(
                            "Feature %d of sample %d is %s; check the samples and the extractor."
                                    .formatted(i % size, (length + i) / size, rows[i]));
                }
            }
            reserve(rows.length);
            System.arraycopy(rows, 0, values, length, rows.length);
            length += rows.length;
            return this;
        }

        /**
         * Appends rows from an array.
         *
         * @param batch (B, D) or (B, ...), which is flattened to (B, D)
         * @return this builder
         * @throws InvalidInputException if rows have another length, or a value is NaN or infinite
         */
        public Builder add(NDArray batch) {
            if (batch.size() > 0 && rowSize(batch) != size) {
                throw new InvalidInputException(
                        "An array of shape %s has no rows of %d features."
                                .formatted(batch.getShape(), size));
            }
            return add(floats(batch));
        }

        private void reserve(int more) {
            long needed = (long) length + more;
            if (needed > Integer.MAX_VALUE - 8) {
                throw new InvalidInputException(
                        "More than 2^31 features do not fit; use fewer samples.");
            }
            if (needed > values.length) {
                long larger = Math.min(Integer.MAX_VALUE - 8, values.length * 3L / 2);
                values = Arrays.copyOf(values, (int) Math.max(needed, larger));
            }
        }

        /**
         * Makes the features. More rows may be added afterwards; they do not show in these.
         *
         * @return (N, D) features
         * @throws InvalidInputException if there is no row
         */
        public Features build() {
            if (length == 0) {
                throw new InvalidInputException(
                        "There are no samples to measure; give at least one.");
            }
            return new Features(Arrays.copyOf(values, length), length / size, size);
        }
    }

    /** Copies an array of any numeric type to Java. */
    static float[] floats(NDArray array) {
        NDArray converted = array.toType(DataType.FLOAT32, false);
        try {
            return converted.toFloatArray();
        } finally {
            if (converted != array) {
                converted.close();
            }
        }
    }
}
