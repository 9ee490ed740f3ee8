package io.github.gan4j.metric;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.github.gan4j.InvalidInputException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Pictures of one size. Values are read from 0 to 1; they are kept as 8-bit numbers where they came
 * so, and as floats otherwise.
 */
public final class Images {

    private final byte[] bytes;
    private final float[] floats;
    private final int count;
    private final int channels;
    private final int height;
    private final int width;

    private Images(byte[] bytes, float[] floats, int count, int channels, int height, int width) {
        this.bytes = bytes;
        this.floats = floats;
        this.count = count;
        this.channels = channels;
        this.height = height;
        this.width = width;
    }

    /**
     * Copies pictures from an array.
     *
     * @param array (N, C, H, W): uint8 from 0 to 255, or float from -1 to 1. Values beyond that are
     *     clamped, as they are when a picture is saved
     * @return the pictures
     * @throws InvalidInputException if the array has another form, or a value is NaN or infinite
     */
    public static Images of(NDArray array) {
        Shape shape = array.getShape();
        if (shape.dimension() != 4 || shape.size() == 0) {
            throw new InvalidInputException(
                    "Pictures have shape (N, C, H, W), not %s.".formatted(shape));
        }
        int channels = (int) shape.get(1);
        int height = (int) shape.get(2);
        int width = (int) shape.get(3);
        if (array.getDataType() == DataType.UINT8) {
            ByteBuffer buffer = array.toByteBuffer();
            byte[] bytes = new byte[buffer.remaining()];
            buffer.get(bytes);
            return of(bytes, channels, height, width);
        }
        return of(Features.floats(array), channels, height, width);
    }

    /**
     * Makes pictures of 8-bit values.
     *
     * @param values N * C * H * W values, unsigned, channel by channel; they are copied
     * @param channels the number C of channels
     * @param height the height H
     * @param width the width W
     * @return the pictures
     * @throws InvalidInputException if the values are no whole pictures
     */
    public static Images of(byte[] values, int channels, int height, int width) {
        int count = count(values.length, channels, height, width);
        return new Images(values.clone(), null, count, channels, height, width);
    }

    /**
     * Makes pictures of float values.
     *
     * @param values N * C * H * W values from -1 to 1, channel by channel; they are copied. Values
     *     beyond that are clamped
     * @param channels the number C of channels
     * @param height the height H
     * @param width the width W
     * @return the pictures
     * @throws InvalidInputException if the values are no whole pictures, or one is NaN or infinite
     */
    public static Images of(float[] values, int channels, int height, int width) {
        int count = count(values.length, channels, height, width);
        float[] scaled = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            if (!Float.isFinite(values[i])) {
                throw new InvalidInputException(
                        "Picture %d has the value %s; check what made it."
                                .formatted(i / (channels * height * width), values[i]));
            }
            scaled[i] = (Math.max(-1, Math.min(1, values[i])) + 1) / 2;
        }
        return new Images(null, scaled, count, channels, height, width);
    }

    /**
     * Starts pictures of 8-bit values that grow batch by batch.
     *
     * @param channels the number C of channels
     * @param height the height H
     * @param width the width W
     * @return a builder
     */
    public static Builder builder(int channels, int height, int width) {
        return new Builder(channels, height, width);
    }

    private static int count(int length, int channels, int height, int width) {
        int one = channels * height * width;
        if (one < 1 || length == 0 || length % one != 0) {
            throw new InvalidInputException(
                    "%d values are no whole pictures of %d x %d x %d."
                            .formatted(length, channels, height, width));
        }
        return length / one;
    }

    /**
     * Returns the number of pictures.
     *
     * @return N
     */
    public int getCount() {
        return count;
    }

    /**
     * Returns the number of channels.
     *
     * @return C
     */
    public int getChannels() {
        return channels;
    }

    /**
     * Returns the height.
     *
     * @return H
     */
    public int getHeight() {
        return height;
    }

    /**
     * Returns the width.
     *
     * @return W
     */
    public int getWidth() {
        return width;
    }

    /**
     * Returns one channel of a picture.
     *
     * @param image which picture
     * @param channel which channel
     * @return H * W values from 0 to 1, row after row
     */
    public double[] plane(int image, int channel) {
        double[] plane = new double[height * width];
        int from = (image * channels + channel) * plane.length;
        for (int i = 0; i < plane.length; i++) {
            plane[i] = value(from + i);
        }
        return plane;
    }

    /**
     * Returns the values of the pictures as features, the protocol's extractor being "pixels".
     *
     * @return (N, C * H * W) values from 0 to 1
     */
    public Features toFeatures() {
        float[] values = new float[count * channels * height * width];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) value(i);
        }
        return Features.of(channels * height * width, values);
    }

    /**
     * Returns some pictures as an array.
     *
     * @param manager the manager that it is attached to
     * @param from the first picture
     * @param to the picture after the last
     * @return float32 {@code (to - from, C, H, W)} in [-1, 1]
     */
    public NDArray toArray(NDManager manager, int from, int to) {
        int one = channels * height * width;
        float[] values = new float[(to - from) * one];
        for (int i = from; i < to; i++) {
            copy(i, values, (i - from) * one);
        }
        return manager.create(values, new Shape(to - from, channels, height, width));
    }

    /**
     * Copies a picture.
     *
     * @param image which picture
     * @param target where its C * H * W values go, in [-1, 1], channel by channel
     * @param to the place of the first value
     */
    public void copy(int image, float[] target, int to) {
        int one = channels * height * width;
        for (int i = 0; i < one; i++) {
            int at = image * one + i;
            target[to + i] = bytes == null ? 2 * floats[at] - 1 : (bytes[at] & 0xff) / 127.5f - 1;
        }
    }

    /**
     * Picks pictures.
     *
     * @param chosen their indices
     * @return as many pictures
     */
    public Images select(int... chosen) {
        int one = channels * height * width;
        byte[] someBytes = bytes == null ? null : new byte[chosen.length * one];
        float[] someFloats = floats == null ? null : new float[chosen.length * one];
        for (int i = 0; i < chosen.length; i++) {
            if (bytes == null) {
                System.arraycopy(floats, chosen[i] * one, someFloats, i * one, one);
            } else {
                System.arraycopy(bytes, chosen[i] * one, someBytes, i * one, one);
            }
        }
        return new Images(someBytes, someFloats, chosen.length, channels, height, width);
    }

    /**
     * Adds the pictures to a hash.
     *
     * @param hash the hash
     */
    public void addTo(ContentHash hash) {
        hash.add("%d x %d x %d x %d".formatted(count, channels, height, width));
        if (bytes == null) {
            ByteBuffer buffer = ByteBuffer.allocate(floats.length * Float.BYTES);
            buffer.asFloatBuffer().put(floats);
            hash.add(buffer.array());
        } else {
            hash.add(bytes);
        }
    }

    /** Draws pictures at random, without replacement. */
    Images subset(int images, long seed) {
        return select(Sampling.choose(count, images, Sampling.random(seed, "subset")));
    }

    /** Refuses pictures that cannot be compared with these. */
    void requireSameSize(Images other) {
        if (!Arrays.equals(size(), other.size())) {
            throw new InvalidInputException(
                    ("Pictures of %d x %d x %d cannot be compared with pictures of %d x %d x %d;"
                                    + " bring both to one size.")
                            .formatted(
                                    channels,
                                    height,
                                    width,
                                    other.channels,
                                    other.height,
                                    other.width));
        }
    }

    /** Refuses pictures that are not pairs with these. */
    void requirePairs(Images other) {
        requireSameSize(other);
        if (count != other.count) {
            throw new InvalidInputException(
                    "%d pictures and %d pictures are no pairs; give one of each."
                            .formatted(count, other.count));
        }
    }

    private int[] size() {
        return new int[] {channels, height, width};
    }

    private double value(int i) {
        return bytes == null ? floats[i] : (bytes[i] & 0xff) / 255.0;
    }

    /**
     * Gathers pictures batch by batch, as 8-bit values: as they would be saved, so that measuring
     * them now or from a file gives the same numbers.
     */
    public static final class Builder {

        private final Shape one;
        private byte[] bytes;
        private int length;

        private Builder(int channels, int height, int width) {
            one = new Shape(channels, height, width);
            bytes = new byte[Math.toIntExact(one.size()) * 64];
        }

        /**
         * Appends pictures.
         *
         * @param pictures float (N, C, H, W) in [-1, 1]; values beyond that are clamped
         * @return this builder
         * @throws InvalidInputException if pictures have another size, or a value is NaN or
         *     infinite
         */
        public Builder add(NDArray pictures) {
            Shape shape = pictures.getShape();
            if (shape.dimension() != 4 || !shape.slice(1).equals(one)) {
                throw new InvalidInputException(
                        "Pictures of shape %s are no pictures (N, C, H, W) of %s."
                                .formatted(shape, one));
            }
            float[] values = Features.floats(pictures);
            reserve(values.length);
            for (float value : values) {
                if (!Float.isFinite(value)) {
                    throw new InvalidInputException(
                            "Picture %d has the value %s; check what made it."
                                    .formatted(length / one.size(), value));
                }
                // Rounded like a picture that is saved.
                long level = Math.round((value + 1.0) * 127.5);
                bytes[length++] = (byte) Math.max(0, Math.min(255, level));
            }
            return this;
        }

        private void reserve(int more) {
            long needed = (long) length + more;
            if (needed > Integer.MAX_VALUE - 8) {
                throw new InvalidInputException(
                        "More than 2 GB of pictures do not fit; use fewer samples.");
            }
            if (needed > bytes.length) {
                long larger = Math.min(Integer.MAX_VALUE - 8, bytes.length * 3L / 2);
                bytes = Arrays.copyOf(bytes, (int) Math.max(needed, larger));
            }
        }

        /**
         * Makes the pictures.
         *
         * @return N pictures
         * @throws InvalidInputException if there is none
         */
        public Images build() {
            return of(
                    Arrays.copyOf(bytes, length),
                    (int) one.get(0),
                    (int) one.get(1),
                    (int) one.get(2));
        }
    }
}
