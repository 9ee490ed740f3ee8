package io.github.gan4j.bench;

import java.util.List;

/**
 * How the time of a training step grows with one quantity: {@code milliseconds = fixed + slope u},
 * where {@code u} is what the arithmetic is proportional to: the batch, the pixels of a picture, or
 * the square of the networks' width.
 *
 * @param quantity what grows, for instance {@code "batch"}
 * @param unit what {@code u} counts, for instance {@code "sample"}
 * @param points what was measured, at least two
 * @param fixed the time in milliseconds that does not grow
 * @param slope milliseconds for each unit
 * @param largestError how far a point is from the line at most, as a share of its time
 */
public record Growth(
        String quantity,
        String unit,
        List<Point> points,
        double fixed,
        double slope,
        double largestError) {

    /**
     * A measured point.
     *
     * @param label the value as people write it, for instance {@code "64 x 64"}
     * @param units the value in units
     * @param milliseconds the time of a step by its round
     */
    public record Point(String label, double units, Statistics milliseconds) {}

    /**
     * Fits the line that is closest to the medians, each deviation as a share of its point, since
     * times differ by more than tenfold.
     *
     * @param quantity what grows
     * @param unit what is counted
     * @param points at least two points of different units
     * @return the fit
     */
    static Growth fit(String quantity, String unit, List<Point> points) {
        double w = 0;
        double wu = 0;
        double wt = 0;
        double wuu = 0;
        double wut = 0;
        for (Point point : points) {
            double u = point.units;
            double t = point.milliseconds.median();
            double weight = 1 / (t * t);
            w += weight;
            wu += weight * u;
            wt += weight * t;
            wuu += weight * u * u;
            wut += weight * u * t;
        }
        double slope = (w * wut - wu * wt) / (w * wuu - wu * wu);
        double fixed = (wt - slope * wu) / w;
        double error = 0;
        for (Point point : points) {
            double t = point.milliseconds.median();
            error = Math.max(error, Math.abs(fixed + slope * point.units - t) / t);
        }
        return new Growth(quantity, unit, List.copyOf(points), fixed, slope, error);
    }

    /**
     * Returns what the line says.
     *
     * @param units where on the line
     * @return milliseconds
     */
    public double at(double units) {
        return fixed + slope * units;
    }
}
