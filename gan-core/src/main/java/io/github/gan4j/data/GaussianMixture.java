package io.github.gan4j.data;

import io.github.gan4j.Seeds;
import java.util.Arrays;

/**
 * A mixture of Gaussians in the plane, all of one weight and one standard deviation: the toy
 * distribution on which mode collapse can be counted (Metz et al. 2017, Srivastava et al. 2017, Lin
 * et al. 2018). Immutable.
 */
public final class GaussianMixture {

    /** The streams of chance that a point draws from. */
    private static final long MODE = 0;

    private static final long RADIUS = 1;
    private static final long ANGLE = 2;

    /** The distance of doubles in [0.5, 1): 53 bits are a double's. */
    private static final double ULP = 0x1p-53;

    private final double[][] means;
    private final double standardDeviation;

    /**
     * Constructs a mixture.
     *
     * @param means the mean of each mode, {@code (modes, 2)}
     * @param standardDeviation that of each mode and each coordinate, above 0
     */
    public GaussianMixture(double[][] means, double standardDeviation) {
        if (means.length == 0 || Arrays.stream(means).anyMatch(mean -> mean.length != 2)) {
            throw new IllegalArgumentException(
                    "A mixture in the plane needs modes, and two coordinates for each.");
        }
        if (!(standardDeviation > 0)) {
            throw new IllegalArgumentException(
                    "The standard deviation must be above 0, not " + standardDeviation + ".");
        }
        this.means = Arrays.stream(means).map(double[]::clone).toArray(double[][]::new);
        this.standardDeviation = standardDeviation;
    }

    /**
     * Returns a mixture whose means lie on a circle about the origin.
     *
     * @param modes the number of modes
     * @param radius the radius of the circle
     * @param standardDeviation that of each mode
     * @return the mixture; mode i lies at the angle \(2\pi i/\text{modes}\)
     */
    public static GaussianMixture ring(int modes, double radius, double standardDeviation) {
        double[][] means = new double[modes][];
        for (int i = 0; i < modes; i++) {
            double angle = 2 * Math.PI * i / modes;
            means[i] =
                    new double[] {radius * StrictMath.cos(angle), radius * StrictMath.sin(angle)};
        }
        return new GaussianMixture(means, standardDeviation);
    }

    /**
     * Returns a mixture whose means lie on a square grid about the origin.
     *
     * @param side the number of modes in a row
     * @param spacing the distance of neighbours
     * @param standardDeviation that of each mode
     * @return the mixture of side x side modes, the second coordinate fastest
     */
    public static GaussianMixture grid(int side, double spacing, double standardDeviation) {
        double[][] means = new double[side * side][];
        for (int i = 0; i < means.length; i++) {
            double x = (i / side - (side - 1) / 2.0) * spacing;
            double y = (i % side - (side - 1) / 2.0) * spacing;
            means[i] = new double[] {x, y};
        }
        return new GaussianMixture(means, standardDeviation);
    }

    /**
     * Returns the number of modes.
     *
     * @return the modes
     */
    public int size() {
        return means.length;
    }

    /**
     * Returns the means.
     *
     * @return a copy, {@code (modes, 2)}
     */
    public double[][] getMeans() {
        return Arrays.stream(means).map(double[]::clone).toArray(double[][]::new);
    }

    /**
     * Returns the standard deviation.
     *
     * @return that of each mode and each coordinate
     */
    public double getStandardDeviation() {
        return standardDeviation;
    }

    /**
     * Returns the mode whose mean is nearest to a point.
     *
     * @param x the first coordinate
     * @param y the second coordinate
     * @return the index of the mode; the first of several equally near ones
     */
    public int nearest(double x, double y) {
        int best = 0;
        for (int mode = 1; mode < means.length; mode++) {
            if (distance(mode, x, y) < distance(best, x, y)) {
                best = mode;
            }
        }
        return best;
    }

    /**
     * Measures how far a point is from the mean of a mode.
     *
     * @param mode the index of the mode
     * @param x the first coordinate
     * @param y the second coordinate
     * @return the Euclidean distance in standard deviations
     */
    public double distance(int mode, double x, double y) {
        double dx = x - means[mode][0];
        double dy = y - means[mode][1];
        return Math.sqrt(dx * dx + dy * dy) / standardDeviation;
    }

    /**
     * Draws points. Point i depends on nothing but the seed and i, on any machine.
     *
     * @param count how many
     * @param seed the seed
     * @return the coordinates, {@code (count, 2)}, row by row
     */
    public float[] sample(int count, long seed) {
        float[] points = new float[2 * count];
        for (int i = 0; i < count; i++) {
            double[] mean = means[(int) (uniform(seed, i, MODE) * means.length)];
            // Box and Muller (1958); 1 - u is never 0.
            double radius = Math.sqrt(-2 * StrictMath.log(1 - uniform(seed, i, RADIUS)));
            double angle = 2 * Math.PI * uniform(seed, i, ANGLE);
            points[2 * i] = (float) (mean[0] + standardDeviation * radius * StrictMath.cos(angle));
            points[2 * i + 1] =
                    (float) (mean[1] + standardDeviation * radius * StrictMath.sin(angle));
        }
        return points;
    }

    /** A number in [0, 1). */
    private static double uniform(long seed, long index, long stream) {
        return (Seeds.derive(seed, index, stream) >>> 11) * ULP;
    }
}
