package io.github.gan4j.latent;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.Locale;

/**
 * Attributes of a picture that its pixels tell. A picture is taken as a mass that lies over it: of
 * each pixel \(m = (x + 1) / 2\), the mean of the channels. Shape, so, is that of what is bright.
 */
public enum PixelAttribute implements Attribute {

    /** The mean of the mass, 0 to 1. */
    BRIGHTNESS {
        @Override
        double of(double[] mass, int height, int width) {
            return Arrays.stream(mass).average().orElse(0);
        }
    },

    /** The standard deviation of the mass, 0 to 0.5. */
    CONTRAST {
        @Override
        double of(double[] mass, int height, int width) {
            double mean = BRIGHTNESS.of(mass, height, width);
            double squares = Arrays.stream(mass).map(m -> (m - mean) * (m - mean)).sum();
            return Math.sqrt(squares / mass.length);
        }
    },

    /**
     * The width of strokes, in pixels: twice the mass over the length of its edges, which is the
     * sum of \(|m_i - m_j|\) over all neighbours above and to the left, times \(\pi / 4\), what a
     * straight edge of any direction comes to on the average.
     */
    THICKNESS {
        @Override
        double of(double[] mass, int height, int width) {
            double edges = 0;
            for (int y = 0; y < height; y++) {
                for (int x = 0; x < width; x++) {
                    double here = mass[y * width + x];
                    edges += x > 0 ? Math.abs(here - mass[y * width + x - 1]) : here;
                    edges += y > 0 ? Math.abs(here - mass[(y - 1) * width + x]) : here;
                }
            }
            double total = Arrays.stream(mass).sum();
            return edges == 0 ? 0 : 2 * total / (edges * Math.PI / 4);
        }
    },

    /**
     * How far the mass leans to the right, pixels for each pixel up: minus the covariance of x and
     * y over the variance of y.
     */
    SLANT {
        @Override
        double of(double[] mass, int height, int width) {
            Moments moments = Moments.of(mass, height, width);
            return moments.yy() == 0 ? 0 : -moments.xy() / moments.yy();
        }
    },

    /** How wide the mass lies, the standard deviation of x in pixels. */
    WIDTH {
        @Override
        double of(double[] mass, int height, int width) {
            return Math.sqrt(Moments.of(mass, height, width).xx());
        }
    };

    abstract double of(double[] mass, int height, int width);

    @Override
    public String getName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** {@inheritDoc} */
    @Override
    public double[] of(NDArray samples) {
        Shape shape = samples.getShape();
        if (shape.dimension() != 4) {
            throw new IllegalArgumentException("Samples of shape " + shape + " are no pictures.");
        }
        int channels = (int) shape.get(1);
        int height = (int) shape.get(2);
        int width = (int) shape.get(3);
        int pixels = height * width;
        float[] values = samples.toFloatArray();
        double[] result = new double[(int) shape.get(0)];
        double[] mass = new double[pixels];
        for (int i = 0; i < result.length; i++) {
            for (int p = 0; p < pixels; p++) {
                double sum = 0;
                for (int c = 0; c < channels; c++) {
                    sum += values[(i * channels + c) * pixels + p];
                }
                mass[p] = (sum / channels + 1) / 2;
            }
            result[i] = of(mass, height, width);
        }
        return result;
    }

    /** Central moments of the second order, of the mass as a whole 1. */
    private record Moments(double xx, double xy, double yy) {

        static Moments of(double[] mass, int height, int width) {
            double total = 0;
            double sumX = 0;
            double sumY = 0;
            for (int i = 0; i < height * width; i++) {
                total += mass[i];
                sumX += mass[i] * (i % width);
                sumY += mass[i] * (i / width);
            }
            if (total <= 0) {
                return new Moments(0, 0, 0);
            }
            double xx = 0;
            double xy = 0;
            double yy = 0;
            for (int i = 0; i < height * width; i++) {
                double x = i % width - sumX / total;
                double y = i / width - sumY / total;
                xx += mass[i] * x * x;
                xy += mass[i] * x * y;
                yy += mass[i] * y * y;
            }
            return new Moments(xx / total, xy / total, yy / total);
        }
    }
}
