package io.github.gan4j.datasets;

import io.github.gan4j.data.DatasetOptions.Fit;
import java.util.Arrays;

/**
 * Makes pictures square and scales them with Catmull and Rom's cubic, which is widened when it
 * shrinks, so that every source pixel counts and nothing aliases.
 *
 * <p>Written out rather than left to Java2D, whose bicubic skips pixels when it shrinks by more
 * than two, and whose result may differ between platforms.
 */
final class ImageScaler {

    private ImageScaler() {}

    /** A square picture of the size; crop cuts out the central square, pad adds background. */
    static Pixels fit(Pixels source, int size, Fit fit, int background) {
        int width = source.width();
        int height = source.height();
        if (fit == Fit.CROP || width == height) {
            int side = Math.min(width, height);
            Pixels square = source.window((width - side) / 2, (height - side) / 2, side, side);
            return resize(square, size, size);
        }
        int longer = Math.max(width, height);
        int scaledWidth = Math.max(1, Math.round((float) width * size / longer));
        int scaledHeight = Math.max(1, Math.round((float) height * size / longer));
        return pad(resize(source, scaledWidth, scaledHeight), size, background);
    }

    private static Pixels pad(Pixels source, int size, int background) {
        int width = source.width();
        int height = source.height();
        int left = (size - width) / 2;
        int top = (size - height) / 2;
        byte[] data = new byte[source.channels() * size * size];
        // Over a background with colour, even a grey picture is in colour.
        Pixels coloured = source;
        int grey = Pixels.channel(background, 0, 1);
        if (source.channels() == 1 && background != grey * 0x010101) {
            coloured = source.withChannels(3);
            data = new byte[3 * size * size];
        }
        for (int c = 0; c < coloured.channels(); c++) {
            byte value = (byte) Pixels.channel(background, c, coloured.channels());
            Arrays.fill(data, c * size * size, (c + 1) * size * size, value);
            for (int y = 0; y < height; y++) {
                int from = (c * height + y) * width;
                int to = (c * size + top + y) * size + left;
                System.arraycopy(coloured.data(), from, data, to, width);
            }
        }
        return new Pixels(coloured.channels(), size, size, data);
    }

    static Pixels resize(Pixels source, int width, int height) {
        if (source.width() == width && source.height() == height) {
            return source;
        }
        int channels = source.channels();
        Taps across = Taps.of(source.width(), width);
        Taps down = Taps.of(source.height(), height);
        byte[] data = new byte[channels * width * height];
        float[] columns = new float[source.height() * width];
        for (int c = 0; c < channels; c++) {
            for (int y = 0; y < source.height(); y++) {
                int from = (c * source.height() + y) * source.width();
                for (int x = 0; x < width; x++) {
                    float sum = 0f;
                    float[] weights = across.weights[x];
                    for (int i = 0; i < weights.length; i++) {
                        sum += weights[i] * (source.data()[from + across.first[x] + i] & 0xFF);
                    }
                    columns[y * width + x] = sum;
                }
            }
            for (int y = 0; y < height; y++) {
                float[] weights = down.weights[y];
                for (int x = 0; x < width; x++) {
                    float sum = 0f;
                    for (int i = 0; i < weights.length; i++) {
                        sum += weights[i] * columns[(down.first[y] + i) * width + x];
                    }
                    int value = Math.max(0, Math.min(255, Math.round(sum)));
                    data[(c * height + y) * width + x] = (byte) value;
                }
            }
        }
        return new Pixels(channels, width, height, data);
    }

    /** For each target pixel along an axis, the first source pixel and the weights from it on. */
    private record Taps(int[] first, float[][] weights) {

        static Taps of(int source, int target) {
            double scale = (double) source / target;
            double width = Math.max(1, scale);
            int[] first = new int[target];
            float[][] weights = new float[target][];
            for (int i = 0; i < target; i++) {
                double centre = (i + 0.5) * scale;
                int from = Math.max(0, (int) Math.floor(centre - 2 * width + 0.5));
                int to = Math.min(source, (int) Math.floor(centre + 2 * width + 0.5));
                double[] exact = new double[to - from];
                double sum = 0;
                for (int j = from; j < to; j++) {
                    exact[j - from] = cubic((j + 0.5 - centre) / width);
                    sum += exact[j - from];
                }
                first[i] = from;
                weights[i] = new float[exact.length];
                for (int j = 0; j < exact.length; j++) {
                    weights[i][j] = (float) (exact[j] / sum);
                }
            }
            return new Taps(first, weights);
        }

        /** Keys (1981) with a = -1/2. */
        private static double cubic(double at) {
            double x = Math.abs(at);
            if (x < 1) {
                return (1.5 * x - 2.5) * x * x + 1;
            }
            return x < 2 ? ((-0.5 * x + 2.5) * x - 4) * x + 2 : 0;
        }
    }
}
