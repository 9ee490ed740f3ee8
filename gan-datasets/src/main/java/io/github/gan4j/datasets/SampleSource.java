package io.github.gan4j.datasets;

import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.util.List;

/** Samples as the reading thread sees them. Plain Java: nothing here may call the engine. */
interface SampleSource {

    /** The number of samples. */
    long size();

    /** The shapes of the data arrays of one sample, without the batch axis. */
    List<Shape> shapes();

    boolean isLabelled();

    /** Fills the target with the data arrays of a sample, one after the other. */
    void read(long index, float[] target) throws IOException;

    /** The class of a sample; called only if there are labels. */
    long label(long index);

    /** The number of values of one sample. */
    default int volume() {
        return Math.toIntExact(shapes().stream().mapToLong(Shape::size).sum());
    }
}
