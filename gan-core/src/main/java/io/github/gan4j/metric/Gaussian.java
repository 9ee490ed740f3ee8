package io.github.gan4j.metric;

/**
 * The mean and the unbiased covariance of features: all that {@link FrechetDistance} knows of them.
 */
public final class Gaussian {

    private final int count;
    private final double[] mean;
    private final double[] covariance;

    /** The arrays are kept. */
    Gaussian(int count, double[] mean, double[] covariance) {
        this.count = count;
        this.mean = mean;
        this.covariance = covariance;
    }

    /**
     * Fits features.
     *
     * @param features (N, D), N at least 2
     * @return their mean and covariance
     * @throws io.github.gan4j.InvalidInputException if there is only one row
     */
    public static Gaussian of(Features features) {
        return new GaussianAccumulator(features.getSize()).add(features).toGaussian();
    }

    /**
     * Returns the number of samples that were fitted.
     *
     * @return N
     */
    public int getCount() {
        return count;
    }

    /**
     * Returns the number of features.
     *
     * @return D
     */
    public int getSize() {
        return mean.length;
    }

    /**
     * Returns the mean.
     *
     * @return a copy of its D values
     */
    public double[] getMean() {
        return mean.clone();
    }

    /**
     * Returns the covariance of two features, normalised by N - 1.
     *
     * @param i the one
     * @param j the other
     * @return the covariance
     */
    public double getCovariance(int i, int j) {
        return covariance[i * mean.length + j];
    }

    /**
     * Returns the total variance.
     *
     * @return the trace of the covariance
     */
    public double getTrace() {
        double trace = 0;
        for (int i = 0; i < mean.length; i++) {
            trace += getCovariance(i, i);
        }
        return trace;
    }

    /** The mean; not to be changed. */
    double[] mean() {
        return mean;
    }

    /** The covariance, row after row; not to be changed. */
    double[] covariance() {
        return covariance;
    }
}
