package io.github.gan4j.bench;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * How the time of a training step grows with one quantity: {@code milliseconds = fixed + slope
 * u^exponent}, where {@code u} is what the arithmetic of one layer is proportional to: the batch,
 * the pixels of a picture, or the square of the networks' width.
 *
 * @param quantity what grows, for instance {@code "batch"}
 * @param unit what {@code u} counts, for instance {@code "sample"}
 * @param points what was measured, at least two
 * @param fixed the time in milliseconds that does not grow
 * @param slope milliseconds for each unit, to the exponent
 * @param exponent 1 for a straight line
 * @param largestError how far a point is from the line at most, as a share of its time
 */
public record Growth(
        String quantity,
        String unit,
        List<Point> points,
        double fixed,
        double slope,
        double exponent,
        double largestError) {

    /**
     * A measured point.
     *
     * @param label the value as people write it, for instance {@code "64 x 64"}
     * @param units the value in units
     * @param milliseconds the time of a step by its round
     */
    public record Point(String label, double units, Statistics milliseconds) {

        private double time() {
            return milliseconds.median();
        }
    }

    /**
     * Fits the straight line that is closest to the medians, each deviation as a share of its
     * point, since times differ by more than tenfold.
     *
     * @param quantity what grows
     * @param unit what is counted
     * @param points at least two points of different units
     * @return the fit
     */
    static Growth line(String quantity, String unit, List<Point> points) {
        double[] line =
                leastSquares(
                        points,
                        Point::units,
                        Point::time,
                        point -> 1 / (point.time() * point.time()));
        return new Growth(quantity, unit, points, line[0], line[1], 1);
    }

    /**
     * Fits the power that is closest to the medians, for what grows in more than one way: networks
     * for larger pictures have more layers.
     *
     * @param quantity what grows
     * @param unit what is counted
     * @param points at least two points of different units
     * @return the fit, without a part that does not grow
     */
    static Growth power(String quantity, String unit, List<Point> points) {
        double[] line =
                leastSquares(
                        points,
                        point -> Math.log(point.units()),
                        point -> Math.log(point.time()),
                        point -> 1);
        return new Growth(quantity, unit, points, 0, Math.exp(line[0]), line[1]);
    }

    private Growth(
            String quantity,
            String unit,
            List<Point> points,
            double fixed,
            double slope,
            double exponent) {
        this(
                quantity,
                unit,
                List.copyOf(points),
                fixed,
                slope,
                exponent,
                points.stream()
                        .mapToDouble(
                                point ->
                                        Math.abs(
                                                        fixed
                                                                + slope
                                                                        * Math.pow(
                                                                                point.units,
                                                                                exponent)
                                                                - point.time())
                                                / point.time())
                        .max()
                        .orElseThrow());
    }

    /** Returns where the line begins, and its slope. */
    private static double[] leastSquares(
            List<Point> points,
            ToDoubleFunction<Point> x,
            ToDoubleFunction<Point> y,
            ToDoubleFunction<Point> weight) {
        double w = 0;
        double wx = 0;
        double wy = 0;
        double wxx = 0;
        double wxy = 0;
        for (Point point : points) {
            double a = x.applyAsDouble(point);
            double b = y.applyAsDouble(point);
            double c = weight.applyAsDouble(point);
            w += c;
            wx += c * a;
            wy += c * b;
            wxx += c * a * a;
            wxy += c * a * b;
        }
        double slope = (w * wxy - wx * wy) / (w * wxx - wx * wx);
        return new double[] {(wy - slope * wx) / w, slope};
    }

    /**
     * Returns what the curve says.
     *
     * @param units where on it
     * @return milliseconds
     */
    public double at(double units) {
        return fixed + slope * Math.pow(units, exponent);
    }
}
