package io.github.gan4j.metric;

import io.github.gan4j.InvalidInputException;

/**
 * The distance of histograms of oriented gradients (Dalal and Triggs 2005) of pairs of pictures: a
 * feature distance that sees contours and not colours. 0 for equal pictures, \(\sqrt 2\) at the
 * most.
 *
 * <p>The histograms are those of scikit-image's {@code hog} with cells of 8 x 8 pixels, 9
 * orientations and blocks of 2 x 2 cells. At each pixel the gradient is the central difference, in
 * the channel where it is largest; across a border it is 0. Cells gather magnitudes by unsigned
 * orientation; blocks, one cell apart, are scaled to length 1, clipped at 0.2 and scaled again
 * (L2-Hys). The distance is the Euclidean one, divided by the root of the number of blocks.
 */
public final class GradientHistogram extends PairedMeasure {

    private static final int CELL = 8;
    private static final int BLOCK = 2;
    private static final int BINS = 9;
    private static final double CLIP = 0.2;
    private static final double EPSILON = 1e-5;

    /** Constructs the measure. */
    public GradientHistogram() {
        super("hog", "distance of gradient histograms of pairs (Dalal and Triggs 2005)", true);
    }

    /** {@inheritDoc} */
    @Override
    public double between(Images a, int i, Images b, int j) {
        a.requireSameSize(b);
        double[] x = describe(a, i);
        double[] y = describe(b, j);
        double sum = 0;
        for (int k = 0; k < x.length; k++) {
            sum += (x[k] - y[k]) * (x[k] - y[k]);
        }
        return Math.sqrt(sum / (x.length / (double) (BLOCK * BLOCK * BINS)));
    }

    /** The blocks of a picture, one after the other. */
    static double[] describe(Images images, int image) {
        int down = images.getHeight() / CELL;
        int across = images.getWidth() / CELL;
        if (down < BLOCK || across < BLOCK) {
            throw new InvalidInputException(
                    "Pictures of %d x %d are too small for histograms of gradients, which need 16 x 16."
                            .formatted(images.getHeight(), images.getWidth()));
        }
        double[] cells = cells(images, image, down, across);
        int size = BLOCK * BLOCK * BINS;
        double[] blocks = new double[(down - 1) * (across - 1) * size];
        int at = 0;
        for (int row = 0; row < down - 1; row++) {
            for (int column = 0; column < across - 1; column++) {
                int start = at;
                for (int cell = 0; cell < BLOCK * BLOCK; cell++) {
                    int from = (row + cell / BLOCK) * across + column + cell % BLOCK;
                    System.arraycopy(cells, from * BINS, blocks, at, BINS);
                    at += BINS;
                }
                normalise(blocks, start, size);
                for (int k = start; k < at; k++) {
                    blocks[k] = Math.min(blocks[k], CLIP);
                }
                normalise(blocks, start, size);
            }
        }
        return blocks;
    }

    private static void normalise(double[] values, int from, int size) {
        double sum = EPSILON * EPSILON;
        for (int k = from; k < from + size; k++) {
            sum += values[k] * values[k];
        }
        double length = Math.sqrt(sum);
        for (int k = from; k < from + size; k++) {
            values[k] /= length;
        }
    }

    private static double[] cells(Images images, int image, int down, int across) {
        double[][] planes = new double[images.getChannels()][];
        for (int c = 0; c < planes.length; c++) {
            planes[c] = images.plane(image, c);
        }
        int width = images.getWidth();
        double[] cells = new double[down * across * BINS];
        int last = images.getHeight() - 1;
        for (int y = 0; y < down * CELL; y++) {
            for (int x = 0; x < across * CELL; x++) {
                int at = y * width + x;
                double dx = 0;
                double dy = 0;
                for (double[] plane : planes) {
                    double h = x == 0 || x == width - 1 ? 0 : plane[at + 1] - plane[at - 1];
                    double v = y == 0 || y == last ? 0 : plane[at + width] - plane[at - width];
                    if (Math.hypot(h, v) > Math.hypot(dx, dy)) {
                        dx = h;
                        dy = v;
                    }
                }
                double angle = Math.atan2(dy, dx) / Math.PI; // in half turns
                double turn = angle < 0 ? angle + 1 : angle;
                int bin = (int) (turn * BINS) % BINS;
                double share = Math.hypot(dx, dy) / (CELL * CELL);
                cells[(y / CELL * across + x / CELL) * BINS + bin] += share;
            }
        }
        return cells;
    }
}
