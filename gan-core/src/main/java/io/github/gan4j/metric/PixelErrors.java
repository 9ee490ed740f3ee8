package io.github.gan4j.metric;

import java.util.function.DoubleUnaryOperator;

/** Means over the pixels of two pictures. */
final class PixelErrors {

    private PixelErrors() {}

    /** The mean over all values of a function of their difference. */
    static double mean(Images a, int i, Images b, int j, DoubleUnaryOperator f) {
        a.requireSameSize(b);
        double sum = 0;
        for (int c = 0; c < a.getChannels(); c++) {
            double[] x = a.plane(i, c);
            double[] y = b.plane(j, c);
            for (int k = 0; k < x.length; k++) {
                sum += f.applyAsDouble(x[k] - y[k]);
            }
        }
        return sum / ((double) a.getChannels() * a.getHeight() * a.getWidth());
    }
}
