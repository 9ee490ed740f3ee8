package io.github.gan4j.run;

import ai.djl.ndarray.types.Shape;
import java.awt.image.BufferedImage;

/** Lays pictures out in a square, large enough to look at. */
final class GridPainter implements SamplePainter {

    private static final int MIN_WIDTH = 560;
    private static final int PADDING = 2;

    @Override
    public boolean accepts(Shape sample) {
        return sample.dimension() == 3 && (sample.get(0) == 1 || sample.get(0) == 3);
    }

    @Override
    public BufferedImage paint(float[] samples, Shape shape) {
        return paint(samples, shape, (int) Math.ceil(Math.sqrt(shape.get(0))));
    }

    @Override
    public BufferedImage paint(float[] samples, Shape shape, int columns) {
        return ImageGrid.enlarge(ImageGrid.of(samples, shape, columns, PADDING), MIN_WIDTH);
    }
}
