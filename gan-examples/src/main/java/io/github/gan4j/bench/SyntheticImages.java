package io.github.gan4j.bench;

import ai.djl.ndarray.types.Shape;
import io.github.gan4j.datasets.ImageDataset;
import java.util.List;
import java.util.Random;

/** Random pictures, held in the heap as bytes and read ahead like those of any data set. */
final class SyntheticImages extends ImageDataset {

    private final byte[][] pixels;
    private final int classes;

    SyntheticImages(int count, Shape shape, List<String> classNames) {
        super("random images", shape, classNames);
        classes = classNames.size();
        Random random = new Random(0);
        pixels = new byte[count][Math.toIntExact(shape.size())];
        for (byte[] picture : pixels) {
            random.nextBytes(picture);
        }
    }

    @Override
    protected void read(long index, float[] target) {
        byte[] picture = pixels[(int) index];
        normalise(picture, 0, target, 0, picture.length);
    }

    @Override
    protected long label(long index) {
        return index % classes;
    }

    @Override
    protected long availableSize() {
        return pixels.length;
    }
}
