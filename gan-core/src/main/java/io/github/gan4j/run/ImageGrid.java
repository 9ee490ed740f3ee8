package io.github.gan4j.run;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.awt.image.BufferedImage;
import java.awt.image.WritableRaster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.ImageIO;

/** Turns samples into pictures: one, or a grid of many. */
public final class ImageGrid {

    /** White: samples of digits are black at their edges. */
    private static final int BACKGROUND = 255;

    private ImageGrid() {}

    /**
     * Lays samples out in a grid, row by row, on white.
     *
     * @param samples samples {@code (N, C, H, W)} in [-1, 1], what is beyond is clipped; C is 1
     *     (grey) or 3 (red, green, blue)
     * @param columns the number of samples in a row
     * @param padding the number of pixels around each sample
     * @return the picture
     */
    public static BufferedImage of(NDArray samples, int columns, int padding) {
        return of(samples.toFloatArray(), samples.getShape(), columns, padding);
    }

    /**
     * Lays samples out in a grid, row by row, on white.
     *
     * @param samples the values of samples {@code (N, C, H, W)} in [-1, 1], what is beyond is
     *     clipped
     * @param shape their shape; C is 1 (grey) or 3 (red, green, blue)
     * @param columns the number of samples in a row
     * @param padding the number of pixels around each sample
     * @return the picture
     */
    public static BufferedImage of(float[] samples, Shape shape, int columns, int padding) {
        byte[] bytes = toBytes(samples, shape);
        int count = (int) shape.get(0);
        int channels = (int) shape.get(1);
        int height = (int) shape.get(2);
        int width = (int) shape.get(3);
        if (count < 1 || columns < 1 || padding < 0) {
            throw new IllegalArgumentException(
                    "A grid needs samples, columns and a padding of 0 or more, not %d, %d and %d."
                            .formatted(count, columns, padding));
        }
        int across = Math.min(columns, count);
        int down = (count + across - 1) / across;
        BufferedImage grid =
                new BufferedImage(
                        padding + across * (width + padding),
                        padding + down * (height + padding),
                        channels == 1
                                ? BufferedImage.TYPE_BYTE_GRAY
                                : BufferedImage.TYPE_3BYTE_BGR);
        // The raster, not setRGB(): Java would convert grey values to another colour space.
        WritableRaster raster = grid.getRaster();
        int[] row = new int[grid.getWidth() * channels];
        Arrays.fill(row, BACKGROUND);
        for (int y = 0; y < grid.getHeight(); y++) {
            raster.setPixels(0, y, grid.getWidth(), 1, row);
        }
        int[] pixels = new int[height * width * channels];
        for (int i = 0; i < count; i++) {
            for (int k = 0; k < pixels.length; k++) {
                pixels[k] = bytes[i * pixels.length + k] & 0xFF;
            }
            int x = padding + i % across * (width + padding);
            int y = padding + i / across * (height + padding);
            raster.setPixels(x, y, width, height, pixels);
        }
        return grid;
    }

    /**
     * Converts samples to 8 bits: \((x+1)\cdot 127.5\), clipped and rounded, halves up.
     *
     * @param samples samples {@code (N, C, H, W)} in [-1, 1]
     * @return the pixels {@code (N, H, W, C)}
     */
    public static byte[] toBytes(NDArray samples) {
        return toBytes(samples.toFloatArray(), samples.getShape());
    }

    private static byte[] toBytes(float[] samples, Shape shape) {
        if (shape.dimension() != 4
                || (shape.get(1) != 1 && shape.get(1) != 3)
                || shape.size() != samples.length) {
            throw new IllegalArgumentException(
                    "Pictures are (N, 1, H, W) or (N, 3, H, W), and these %d values are %s."
                            .formatted(samples.length, shape));
        }
        int channels = (int) shape.get(1);
        int area = (int) (shape.get(2) * shape.get(3));
        byte[] bytes = new byte[samples.length];
        int at = 0;
        for (int i = 0; i < shape.get(0); i++) {
            for (int p = 0; p < area; p++) {
                for (int c = 0; c < channels; c++) {
                    double value = samples[(i * channels + c) * area + p];
                    long level = Math.round((value + 1) * 127.5);
                    bytes[at++] = (byte) Math.max(0, Math.min(255, level));
                }
            }
        }
        return bytes;
    }

    /**
     * Enlarges a picture by a whole factor, each pixel to a square, until it has a width.
     *
     * @param image the picture
     * @param minWidth the least width
     * @return the larger picture, or the same if it is wide enough
     */
    public static BufferedImage enlarge(BufferedImage image, int minWidth) {
        int factor = (minWidth + image.getWidth() - 1) / image.getWidth();
        if (factor <= 1) {
            return image;
        }
        int width = image.getWidth() * factor;
        int height = image.getHeight() * factor;
        BufferedImage result = new BufferedImage(width, height, image.getType());
        int bands = image.getRaster().getNumBands();
        int[] source = new int[image.getWidth() * bands];
        int[] target = new int[width * bands];
        for (int y = 0; y < height; y++) {
            image.getRaster().getPixels(0, y / factor, image.getWidth(), 1, source);
            for (int x = 0; x < width; x++) {
                System.arraycopy(source, x / factor * bands, target, x * bands, bands);
            }
            result.getRaster().setPixels(0, y, width, 1, target);
        }
        return result;
    }

    /**
     * Writes a picture as PNG. The file appears whole or not at all.
     *
     * @param image the picture
     * @param file the file, overwritten if it is there
     * @throws IOException if it cannot be written
     */
    public static void writePng(BufferedImage image, Path file) throws IOException {
        try (AtomicFile atomic = new AtomicFile(file)) {
            try (var stream = Files.newOutputStream(atomic.getPartial())) {
                ImageIO.write(image, "png", stream);
            }
            atomic.commit();
        }
    }
}
