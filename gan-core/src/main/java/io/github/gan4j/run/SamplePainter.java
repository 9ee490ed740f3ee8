package io.github.gan4j.run;

import ai.djl.ndarray.types.Shape;
import io.github.gan4j.data.SampleDataset;
import java.awt.image.BufferedImage;
import java.io.IOException;

/** Draws samples as one picture to look at. Does not touch the engine; one thread at a time. */
public interface SamplePainter {

    /**
     * Returns the painter that suits a data set.
     *
     * @param dataset the data set that the samples are like
     * @return a {@link DensityPicture} for points of the plane, else one that lays pictures out in
     *     a grid
     * @throws IOException if the data set cannot be read
     */
    static SamplePainter of(SampleDataset dataset) throws IOException {
        return DensityPicture.PLANE.equals(dataset.getSampleShape())
                ? DensityPicture.of(dataset)
                : new GridPainter();
    }

    /**
     * Tells whether such samples can be drawn.
     *
     * @param sample the shape of a sample, without the batch axis
     * @return whether they can
     */
    boolean accepts(Shape sample);

    /**
     * Returns how many samples a picture needs.
     *
     * @param wished what the user wishes for
     * @return the wish, or more
     */
    default int count(int wished) {
        return wished;
    }

    /**
     * Draws samples.
     *
     * @param samples the values
     * @param shape their shape, {@code (N, ...)}, whose samples are accepted
     * @return the picture, of the same size for as many samples
     */
    BufferedImage paint(float[] samples, Shape shape);

    /**
     * Draws samples in rows.
     *
     * @param samples the values
     * @param shape their shape, {@code (N, ...)}, whose samples are accepted
     * @param columns the number of samples in a row, for a painter that lays them out in rows
     * @return the picture
     */
    default BufferedImage paint(float[] samples, Shape shape, int columns) {
        return paint(samples, shape);
    }
}
