package io.github.gan4j.metric;

import java.util.ArrayList;
import java.util.List;

/**
 * What a picture adds at each scale (Burt and Adelson 1983): its difference from what is left of it
 * at the next smaller scale, and at the end the smallest picture itself. The filter is the binomial
 * one of 5 x 5 pixels, and pictures go on beyond their edges as in a mirror.
 */
final class LaplacianPyramid {

    private static final double[] FILTER = {1 / 16.0, 4 / 16.0, 6 / 16.0, 4 / 16.0, 1 / 16.0};

    private LaplacianPyramid() {}

    /** A picture of one channel. */
    record Plane(double[] values, int height, int width) {}

    static List<Plane> of(Plane image, int levels) {
        List<Plane> pyramid = new ArrayList<>();
        Plane current = image;
        for (int level = 1; level < levels; level++) {
            Plane smaller = halve(current);
            pyramid.add(subtract(current, enlarge(smaller, current)));
            current = smaller;
        }
        pyramid.add(current);
        return pyramid;
    }

    private static Plane halve(Plane x) {
        double[] smooth = filter(x.values, x.height, x.width, 1);
        int h = (x.height + 1) / 2;
        int w = (x.width + 1) / 2;
        double[] result = new double[h * w];
        for (int i = 0; i < h; i++) {
            for (int j = 0; j < w; j++) {
                result[i * w + j] = smooth[2 * i * x.width + 2 * j];
            }
        }
        return new Plane(result, h, w);
    }

    /** Sets the pixels apart, and fills the gaps by filtering. */
    private static Plane enlarge(Plane x, Plane size) {
        double[] sparse = new double[size.height * size.width];
        for (int i = 0; i < x.height; i++) {
            for (int j = 0; j < x.width; j++) {
                sparse[2 * i * size.width + 2 * j] = x.values[i * x.width + j];
            }
        }
        double[] filled = filter(sparse, size.height, size.width, 2);
        return new Plane(filled, size.height, size.width);
    }

    private static Plane subtract(Plane x, Plane y) {
        double[] result = new double[x.values.length];
        for (int i = 0; i < result.length; i++) {
            result[i] = x.values[i] - y.values[i];
        }
        return new Plane(result, x.height, x.width);
    }

    private static double[] filter(double[] x, int height, int width, double gain) {
        double[] across = new double[x.length];
        double[] result = new double[x.length];
        for (int i = 0; i < height; i++) {
            for (int j = 0; j < width; j++) {
                for (int k = -2; k <= 2; k++) {
                    across[i * width + j] +=
                            gain * FILTER[k + 2] * x[i * width + mirror(j + k, width)];
                }
            }
        }
        for (int i = 0; i < height; i++) {
            for (int k = -2; k <= 2; k++) {
                int row = mirror(i + k, height) * width;
                for (int j = 0; j < width; j++) {
                    result[i * width + j] += gain * FILTER[k + 2] * across[row + j];
                }
            }
        }
        return result;
    }

    /** Reflects about the centres of the outermost pixels. */
    private static int mirror(int i, int size) {
        if (size == 1) {
            return 0;
        }
        int period = 2 * (size - 1);
        int wrapped = Math.floorMod(i, period);
        return Math.min(wrapped, period - wrapped);
    }
}
