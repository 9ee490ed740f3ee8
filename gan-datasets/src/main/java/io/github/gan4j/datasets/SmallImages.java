package io.github.gan4j.datasets;

import ai.djl.ndarray.types.Shape;
import io.github.gan4j.InvalidInputException;
import io.github.gan4j.data.DatasetOptions;
import java.util.Arrays;
import java.util.List;

/**
 * Small grey pictures held in the heap as bytes, such as digits.
 *
 * <p>They are white on black and are never shrunk or scaled by a fraction, which would blur their
 * strokes. For another size they are enlarged (bilinearly) by the largest whole number that fits,
 * and the rest is a border of background, -1: 28 pixels in 32 are bordered by 2, in 64 doubled to
 * 56 and bordered by 4. Where the border is odd, the right and the bottom get the larger part. For
 * three channels the grey is repeated.
 */
public final class SmallImages extends ImageDataset {

    private static final float BACKGROUND = -1f;

    private final byte[] pixels;
    private final byte[] labels;
    private final int side;
    private final int size;
    private final int channels;
    private final int factor;
    private final int border;
    private final int[] left;
    private final float[] rightWeight;

    /**
     * Constructs a data set.
     *
     * @param name the name
     * @param pixels unsigned bytes of shape {@code (N, side, side)}, not copied
     * @param side the height and width of the pictures
     * @param labels unsigned bytes of shape {@code (N)}, not copied
     * @param classNames the names of the classes
     * @param options size and channels are heeded
     * @throws InvalidInputException if the size is smaller than the pictures
     */
    public SmallImages(
            String name,
            byte[] pixels,
            int side,
            byte[] labels,
            List<String> classNames,
            DatasetOptions options) {
        super(name, shape(name, side, options), classNames);
        if (pixels.length != labels.length * side * side) {
            throw new IllegalArgumentException(
                    "%d labels, but %d bytes of pictures of %d x %d."
                            .formatted(labels.length, pixels.length, side, side));
        }
        this.pixels = pixels;
        this.labels = labels;
        this.side = side;
        size = (int) getSampleShape().get(1);
        channels = (int) getSampleShape().get(0);
        factor = size / side;
        border = (size - factor * side) / 2;
        left = new int[factor * side];
        rightWeight = new float[factor * side];
        for (int i = 0; i < left.length; i++) {
            // Pixels are areas, so that centres map to centres; the outermost ones are extended.
            float at = Math.max(0f, Math.min(side - 1f, (i + 0.5f) / factor - 0.5f));
            left[i] = Math.min((int) at, side - 2);
            rightWeight[i] = at - left[i];
        }
    }

    private static Shape shape(String name, int side, DatasetOptions options) {
        int size = options.getSize().orElse(side);
        if (size < side) {
            throw new InvalidInputException(
                    ("Image size %d is too small for %s, whose pictures have %d pixels a side and"
                                    + " are never shrunk: use %d or more.")
                            .formatted(size, name, side, side));
        }
        return new Shape(options.getChannels().orElse(1), size, size);
    }

    @Override
    protected void read(long index, float[] target) {
        int from = (int) index * side * side;
        int plane = size * size;
        Arrays.fill(target, 0, plane, BACKGROUND);
        if (factor == 1) {
            for (int y = 0; y < side; y++) {
                int to = (y + border) * size + border;
                normalise(pixels, from + y * side, target, to, side);
            }
        } else {
            enlarge(from, target);
        }
        for (int c = 1; c < channels; c++) {
            System.arraycopy(target, 0, target, c * plane, plane);
        }
    }

    private void enlarge(int from, float[] target) {
        float[] source = new float[side * side];
        normalise(pixels, from, source, 0, source.length);
        for (int y = 0; y < left.length; y++) {
            int top = left[y] * side;
            float lower = rightWeight[y];
            int to = (y + border) * size + border;
            for (int x = 0; x < left.length; x++) {
                float right = rightWeight[x];
                int at = top + left[x];
                float above = source[at] * (1 - right) + source[at + 1] * right;
                float below = source[at + side] * (1 - right) + source[at + side + 1] * right;
                target[to + x] = above * (1 - lower) + below * lower;
            }
        }
    }

    @Override
    protected long label(long index) {
        return labels[(int) index] & 0xFF;
    }

    @Override
    protected long availableSize() {
        return labels.length;
    }
}
