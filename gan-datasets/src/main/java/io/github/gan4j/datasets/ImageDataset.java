package io.github.gan4j.datasets;

import ai.djl.ndarray.types.Shape;
import java.util.List;

/**
 * A data set of pictures that is read ahead: float32 in [-1, 1] of shape {@code (N, C, H, W)}.
 *
 * <p>{@link #read} fills in {@code C x H x W} values in [-1, 1].
 */
public abstract class ImageDataset extends ReadAheadDataset {

    private static final float[] NORMALISED = new float[256];

    static {
        for (int i = 0; i < NORMALISED.length; i++) {
            NORMALISED[i] = i / 127.5f - 1f;
        }
    }

    /**
     * Constructs a data set.
     *
     * @param name the name, for messages and the run folder
     * @param sampleShape the shape of a picture, {@code (C, H, W)}
     * @param classNames the names of the classes in the order of their indices; empty if the
     *     pictures have no labels
     */
    protected ImageDataset(String name, Shape sampleShape, List<String> classNames) {
        super(name, sampleShape, classNames);
    }

    /**
     * Maps bytes to the range of samples: 0 to -1, 255 to 1.
     *
     * @param source unsigned bytes
     * @param from where to begin in the source
     * @param target where the samples go
     * @param to where to begin in the target
     * @param count how many
     */
    protected static void normalise(byte[] source, int from, float[] target, int to, int count) {
        for (int i = 0; i < count; i++) {
            target[to + i] = NORMALISED[source[from + i] & 0xFF];
        }
    }
}
