package io.github.gan4j.metric;

import io.github.gan4j.data.GaussianMixture;
import java.util.Arrays;
import java.util.List;

/**
 * What a generator has learnt of a mixture in the plane, after PacGAN (Lin et al. 2018, section
 * 4.1), whose table counts {@value #PACGAN_SAMPLES} samples.
 *
 * <p>A sample belongs to the mode whose mean is nearest, and is of high quality if it is nearer to
 * that than 3 standard deviations. As in the code that the authors published, only samples of high
 * quality are counted as a mode's, for all of these measures: of what lies between the modes one
 * cannot say which of them it shows, and were it counted, noise would cover every mode.
 *
 * <p>In the plane \(1-e^{-4.5}\), 98.9 %, of the true mixture are of high quality: more is not
 * better. And a generator that has shrunk each mode to its mean has all of PacGAN's measures
 * perfect; the spread within a mode tells it from one that has learnt the distribution.
 *
 * @param samples how many samples were measured
 * @param histogram the number of samples of high quality of each mode
 * @param modesCovered the number of modes with a sample of high quality at least
 * @param highQualityShare the share of samples of high quality, 0 to 1
 * @param reverseKl \(\sum_i p_i\ln(Kp_i)\), the divergence of the histogram p from the uniform one
 *     over K modes: 0 to \(\ln K\), 0 the best; NaN if no sample is of high quality
 * @param spread the standard deviation of a mode's samples of high quality about their own mean,
 *     over that of the true mixture's samples of high quality: 1 for the true mixture, 0 for
 *     points; the median over the modes with two such samples or more, NaN if there is none
 */
public record MixtureMeasures(
        int samples,
        List<Integer> histogram,
        int modesCovered,
        double highQualityShare,
        double reverseKl,
        double spread) {

    /** The number of samples that PacGAN's measures were taken of. */
    public static final int PACGAN_SAMPLES = 2500;

    /** How far from its mean a sample of high quality may be, in standard deviations. */
    public static final double HIGH_QUALITY = 3;

    /**
     * The standard deviation of a coordinate of the true samples of high quality, which is less
     * than 1 since the far ones are cut off: half of the squared radius is exponential, and \(E[t
     * \mid t<4.5] = 1-4.5e^{-4.5}/(1-e^{-4.5})\).
     */
    private static final double TRUE_SPREAD = trueSpread();

    private static double trueSpread() {
        double cut = HIGH_QUALITY * HIGH_QUALITY / 2;
        double beyond = Math.exp(-cut);
        return Math.sqrt(1 - cut * beyond / (1 - beyond));
    }

    /**
     * Measures samples.
     *
     * @param points the coordinates, {@code (N, 2)}, row by row; a point that is not finite is a
     *     sample of low quality
     * @param mixture the true mixture
     * @return the measures
     * @throws IllegalArgumentException if there are no points, or a coordinate is missing
     */
    public static MixtureMeasures of(float[] points, GaussianMixture mixture) {
        if (points.length == 0 || points.length % 2 != 0) {
            throw new IllegalArgumentException(
                    "Points of two coordinates each are measured, not "
                            + points.length
                            + " numbers.");
        }
        Moments[] modes = new Moments[mixture.size()];
        Arrays.setAll(modes, mode -> new Moments());
        for (int i = 0; i < points.length; i += 2) {
            int mode = mixture.nearest(points[i], points[i + 1]);
            if (mixture.distance(mode, points[i], points[i + 1]) < HIGH_QUALITY) {
                modes[mode].add(points[i], points[i + 1]);
            }
        }
        int samples = points.length / 2;
        int[] histogram = Arrays.stream(modes).mapToInt(mode -> mode.count).toArray();
        return new MixtureMeasures(
                samples,
                Arrays.stream(histogram).boxed().toList(),
                (int) Arrays.stream(histogram).filter(count -> count > 0).count(),
                (double) Arrays.stream(histogram).sum() / samples,
                reverseKl(histogram),
                spread(modes) / (TRUE_SPREAD * mixture.getStandardDeviation()));
    }

    private static double reverseKl(int[] histogram) {
        double sum = Arrays.stream(histogram).sum();
        if (sum == 0) {
            return Double.NaN;
        }
        double divergence = 0;
        for (int count : histogram) {
            if (count > 0) {
                double share = count / sum;
                divergence += share * Math.log(share * histogram.length);
            }
        }
        return divergence;
    }

    /** The median of the modes' standard deviations. */
    private static double spread(Moments[] modes) {
        double[] spreads =
                Arrays.stream(modes)
                        .filter(mode -> mode.count > 1)
                        .mapToDouble(Moments::standardDeviation)
                        .sorted()
                        .toArray();
        if (spreads.length == 0) {
            return Double.NaN;
        }
        int middle = spreads.length / 2;
        return spreads.length % 2 == 1
                ? spreads[middle]
                : (spreads[middle - 1] + spreads[middle]) / 2;
    }

    /** Running moments of points (Welford 1962), which lose nothing where the spread is small. */
    private static final class Moments {

        private int count;
        private double meanX;
        private double meanY;
        private double squares;

        void add(double x, double y) {
            count++;
            double dx = x - meanX;
            double dy = y - meanY;
            meanX += dx / count;
            meanY += dy / count;
            squares += dx * (x - meanX) + dy * (y - meanY);
        }

        /** That of a coordinate, by the unbiased variance of both. */
        double standardDeviation() {
            return Math.sqrt(squares / (2.0 * (count - 1)));
        }
    }
}
