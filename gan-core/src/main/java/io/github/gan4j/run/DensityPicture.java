package io.github.gan4j.run;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.dataset.Record;
import io.github.gan4j.data.GaussianMixture;
import io.github.gan4j.data.KnownMixture;
import io.github.gan4j.data.SampleDataset;
import io.github.gan4j.torch.Torch;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.image.BufferedImage;
import java.io.IOException;

/**
 * Draws points of the plane as the density that they have: bright where there are many, over a haze
 * where the real ones are.
 *
 * <p>Frame and colours are fixed by the real points, so that the pictures of a run can be compared:
 * at the peak of the real density the colour is near the palette's end, and a point alone shows as
 * a dim dot. Generated points outside of the frame are drawn at its edge. Where the real modes are
 * known, a thin circle of 3 standard deviations is about each.
 */
public final class DensityPicture implements SamplePainter {

    /** The shape of a point. */
    static final Shape PLANE = new Shape(2);

    /** Width and height in pixels. */
    static final int SIDE = 600;

    /** A density needs so many points to be one. */
    private static final int MIN_POINTS = 5000;

    /** So many real points tell where the frame and the haze are. */
    private static final int REAL_POINTS = 10_000;

    /** What is left around the real points on each side, as a part of their extent. */
    private static final double MARGIN = 0.08;

    /** Circles are as large as what is called high quality. */
    private static final double CIRCLE = 3;

    private static final Color CIRCLE_COLOUR = new Color(255, 255, 255, 120);
    private static final int[] BACKGROUND = {10, 10, 20};
    private static final int[] HAZE = {70, 110, 150};

    private final Frame frame;
    private final GaussianMixture mixture;
    private final Density real;

    /**
     * Constructs a painter.
     *
     * @param real the real points {@code (N, 2)}, row by row
     * @param mixture the mixture that they are from; {@code null} if that is not known
     */
    public DensityPicture(float[] real, GaussianMixture mixture) {
        this.frame = Frame.around(real);
        this.mixture = mixture;
        this.real = Density.of(real, frame);
    }

    /**
     * Makes a painter for the points of a data set.
     *
     * @param dataset a data set of samples of shape {@code (2)}
     * @return a painter
     * @throws IOException if the data set cannot be read
     */
    public static DensityPicture of(SampleDataset dataset) throws IOException {
        if (!PLANE.equals(dataset.getSampleShape())) {
            throw new IllegalArgumentException(
                    "Samples of shape %s are no points of the plane."
                            .formatted(dataset.getSampleShape()));
        }
        int count = (int) Math.min(REAL_POINTS, dataset.size());
        float[] points = new float[2 * count];
        try (NDManager manager = Torch.newManager()) {
            for (int i = 0; i < count; i++) {
                try (NDManager local = manager.newSubManager()) {
                    Record point = dataset.get(local, i * dataset.size() / count);
                    System.arraycopy(point.getData().head().toFloatArray(), 0, points, 2 * i, 2);
                }
            }
        }
        return new DensityPicture(
                points, dataset instanceof KnownMixture known ? known.getMixture() : null);
    }

    @Override
    public boolean accepts(Shape sample) {
        return PLANE.equals(sample);
    }

    /**
     * Returns how many points a picture needs.
     *
     * @param wished what the user wishes for
     * @return 5,000 or more
     */
    @Override
    public int count(int wished) {
        return Math.max(wished, MIN_POINTS);
    }

    @Override
    public BufferedImage paint(float[] samples, Shape shape) {
        if (shape.dimension() != 2 || shape.get(1) != 2 || shape.size() != samples.length) {
            throw new IllegalArgumentException(
                    "Points are (N, 2), and these %d values are %s."
                            .formatted(samples.length, shape));
        }
        return paint(samples);
    }

    /**
     * Draws points.
     *
     * @param points the coordinates {@code (N, 2)}, row by row; those that are not finite are left
     *     out
     * @return the picture, 600 x 600
     */
    public BufferedImage paint(float[] points) {
        Density generated = Density.of(points, frame);
        // As many real points would pile up so high.
        double full = Math.max(real.peak() / real.count() * (points.length / 2), 4 * Density.POINT);
        BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < SIDE; y++) {
            for (int x = 0; x < SIDE; x++) {
                double haze = 0.75 * Math.sqrt(real.at(x, y) / real.peak());
                double height = generated.at(x, y) / Density.POINT;
                double level = Math.log1p(height) / Math.log1p(full / Density.POINT);
                int[] under = HeatColours.mix(BACKGROUND, HAZE, haze);
                int[] over = HeatColours.at(0.3 + 0.62 * level);
                int[] rgb = HeatColours.mix(under, over, Math.min(1, 2 * height));
                image.setRGB(x, y, rgb[0] << 16 | rgb[1] << 8 | rgb[2]);
            }
        }
        if (mixture != null) {
            drawCircles(image);
        }
        return image;
    }

    private void drawCircles(BufferedImage image) {
        Graphics2D graphics = image.createGraphics();
        graphics.setRenderingHint(
                RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(
                RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        graphics.setColor(CIRCLE_COLOUR);
        graphics.setStroke(new BasicStroke(1));
        double radius = CIRCLE * mixture.getStandardDeviation() * frame.scale();
        for (double[] mean : mixture.getMeans()) {
            double x = frame.x(mean[0]) + 0.5;
            double y = frame.y(mean[1]) + 0.5;
            graphics.draw(new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius));
        }
        graphics.dispose();
    }

    private static boolean isPoint(float[] points, int from) {
        return Float.isFinite(points[from]) && Float.isFinite(points[from + 1]);
    }

    /** Where the plane is on the picture. The second coordinate points upwards. */
    private record Frame(double centreX, double centreY, double scale) {

        static Frame around(float[] points) {
            double[] min = {Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY};
            double[] max = {Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY};
            for (int i = 0; i < points.length; i += 2) {
                for (int c = 0; c < 2 && isPoint(points, i); c++) {
                    min[c] = Math.min(min[c], points[i + c]);
                    max[c] = Math.max(max[c], points[i + c]);
                }
            }
            double extent = Math.max(max[0] - min[0], max[1] - min[1]);
            if (extent < 0) {
                throw new IllegalArgumentException("A density needs real points that are finite.");
            }
            double shown = extent == 0 ? 1 : extent * (1 + 2 * MARGIN);
            return new Frame((min[0] + max[0]) / 2, (min[1] + max[1]) / 2, (SIDE - 1) / shown);
        }

        double x(double value) {
            return (SIDE - 1) / 2.0 + (value - centreX) * scale;
        }

        double y(double value) {
            return (SIDE - 1) / 2.0 - (value - centreY) * scale;
        }
    }

    /** Points per pixel, smoothed by a Gaussian. */
    private record Density(float[] values, int count, double peak) {

        /** The standard deviation of the Gaussian, in pixels. */
        private static final double SMOOTHING = 1.8;

        private static final float[] KERNEL = kernel();

        /** The density that a point has at its own pixel. */
        static final double POINT = (double) KERNEL[KERNEL.length / 2] * KERNEL[KERNEL.length / 2];

        private static float[] kernel() {
            int radius = (int) Math.ceil(3 * SMOOTHING);
            float[] kernel = new float[2 * radius + 1];
            double sum = 0;
            for (int i = 0; i < kernel.length; i++) {
                double at = (i - radius) / SMOOTHING;
                kernel[i] = (float) Math.exp(-at * at / 2);
                sum += kernel[i];
            }
            for (int i = 0; i < kernel.length; i++) {
                kernel[i] /= (float) sum;
            }
            return kernel;
        }

        static Density of(float[] points, Frame frame) {
            float[] counts = new float[SIDE * SIDE];
            for (int i = 0; i < points.length; i += 2) {
                if (isPoint(points, i)) {
                    counts[pixel(frame.y(points[i + 1])) * SIDE + pixel(frame.x(points[i]))]++;
                }
            }
            float[] smooth = smoothedAndTurned(smoothedAndTurned(counts));
            double peak = 0;
            for (float value : smooth) {
                peak = Math.max(peak, value);
            }
            return new Density(smooth, points.length / 2, peak);
        }

        private static int pixel(double at) {
            return (int) Math.round(Math.max(0, Math.min(SIDE - 1, at)));
        }

        /** Smooths the rows and makes columns of them. */
        private static float[] smoothedAndTurned(float[] source) {
            int radius = KERNEL.length / 2;
            float[] target = new float[source.length];
            for (int y = 0; y < SIDE; y++) {
                for (int x = 0; x < SIDE; x++) {
                    float value = source[y * SIDE + x];
                    if (value == 0) {
                        continue;
                    }
                    int to = Math.min(SIDE - 1, x + radius);
                    for (int near = Math.max(0, x - radius); near <= to; near++) {
                        target[near * SIDE + y] += value * KERNEL[near - x + radius];
                    }
                }
            }
            return target;
        }

        double at(int x, int y) {
            return values[y * SIDE + x];
        }
    }
}
