package io.github.gan4j.metric;

import io.github.gan4j.InvalidInputException;

/**
 * A window that structural similarity is taken in (Wang et al. 2004, section 3B), for values from 0
 * to 1. Only windows that lie within the picture count.
 */
final class SsimWindow {

    private static final double C1 = 0.01 * 0.01;
    private static final double C2 = 0.03 * 0.03;

    private final double[] weights;
    private final double covarianceScale;

    private SsimWindow(double[] weights, double covarianceScale) {
        this.weights = weights;
        this.covarianceScale = covarianceScale;
    }

    /**
     * The means over a picture.
     *
     * @param similarity of luminance, contrast and structure together
     * @param contrast of contrast and structure alone
     */
    record Means(double similarity, double contrast) {}

    /** A square of equal weights, with unbiased variances. */
    static SsimWindow uniform(int size) {
        double[] weights = new double[size];
        for (int i = 0; i < size; i++) {
            weights[i] = 1.0 / size;
        }
        double pixels = (double) size * size;
        return new SsimWindow(weights, pixels / (pixels - 1));
    }

    /** A Gaussian, cut off where scikit-image cuts it off: 11 wide if sigma is 1.5. */
    static SsimWindow gaussian(double sigma) {
        int radius = (int) (3.5 * sigma + 0.5);
        double[] weights = new double[2 * radius + 1];
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            double z = (i - radius) / sigma;
            weights[i] = Math.exp(-z * z / 2);
            sum += weights[i];
        }
        for (int i = 0; i < weights.length; i++) {
            weights[i] /= sum;
        }
        return new SsimWindow(weights, 1);
    }

    int getSize() {
        return weights.length;
    }

    void requireFits(int height, int width) {
        if (Math.min(height, width) < weights.length) {
            throw new InvalidInputException(
                    ("Pictures of %d x %d are smaller than the window of %d x %3$d that"
                                    + " similarity is taken in; use larger ones.")
                            .formatted(height, width, weights.length));
        }
    }

    Means compare(double[] x, double[] y, int height, int width) {
        requireFits(height, width);
        double[] meanX = filter(x, height, width);
        double[] meanY = filter(y, height, width);
        double[] meanXx = filter(product(x, x), height, width);
        double[] meanYy = filter(product(y, y), height, width);
        double[] meanXy = filter(product(x, y), height, width);
        double similarity = 0;
        double contrast = 0;
        for (int i = 0; i < meanX.length; i++) {
            double mx = meanX[i];
            double my = meanY[i];
            double vx = covarianceScale * (meanXx[i] - mx * mx);
            double vy = covarianceScale * (meanYy[i] - my * my);
            double vxy = covarianceScale * (meanXy[i] - mx * my);
            double structure = (2 * vxy + C2) / (vx + vy + C2);
            contrast += structure;
            similarity += structure * (2 * mx * my + C1) / (mx * mx + my * my + C1);
        }
        return new Means(similarity / meanX.length, contrast / meanX.length);
    }

    private static double[] product(double[] x, double[] y) {
        double[] result = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            result[i] = x[i] * y[i];
        }
        return result;
    }

    /** Weighted means over all windows, first along rows, then along columns. */
    private double[] filter(double[] x, int height, int width) {
        int columns = width - weights.length + 1;
        int rows = height - weights.length + 1;
        double[] across = new double[height * columns];
        for (int i = 0; i < height; i++) {
            for (int k = 0; k < weights.length; k++) {
                for (int j = 0; j < columns; j++) {
                    across[i * columns + j] += weights[k] * x[i * width + j + k];
                }
            }
        }
        double[] result = new double[rows * columns];
        for (int i = 0; i < rows; i++) {
            for (int k = 0; k < weights.length; k++) {
                for (int j = 0; j < columns; j++) {
                    result[i * columns + j] += weights[k] * across[(i + k) * columns + j];
                }
            }
        }
        return result;
    }
}
