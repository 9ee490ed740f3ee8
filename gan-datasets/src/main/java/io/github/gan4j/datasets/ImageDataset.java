package io.github.gan4j.datasets;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.dataset.Record;
import ai.djl.training.dataset.Sampler;
import io.github.gan4j.data.SampleDataset;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;

/**
 * A data set of pictures that is read ahead.
 *
 * <p>A subclass says in plain Java how one picture is read; batches are put together on a daemon
 * thread, two ahead of the consumer, and only the consumer's thread calls the engine. (A second
 * thread that calls libtorch gets a second pool of OpenMP threads, which then fights with the
 * first.) Data are float32 in [-1, 1] of shape {@code (N, C, H, W)}, labels int64 of shape {@code
 * (N)}.
 */
public abstract class ImageDataset extends SampleDataset {

    private static final float[] NORMALISED = new float[256];

    static {
        for (int i = 0; i < NORMALISED.length; i++) {
            NORMALISED[i] = i / 127.5f - 1f;
        }
    }

    private final BatchReader reader;

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
        reader = new BatchReader(name);
    }

    /**
     * Reads one picture. Called from the reading thread, and from others at the same time; must not
     * touch the engine.
     *
     * @param index the number of the picture, from 0 to {@code availableSize() - 1}
     * @param target filled with the picture: float32 in [-1, 1], {@code C x H x W} values
     * @throws IOException if it cannot be read
     */
    protected abstract void read(long index, float[] target) throws IOException;

    /**
     * Returns the label of one picture. Called only if there are classes.
     *
     * @param index the number of the picture, from 0 to {@code availableSize() - 1}
     * @return the index of its class
     */
    protected abstract long label(long index);

    /**
     * Reads one sample.
     *
     * @return data of shape {@code (C, H, W)}, and a scalar label if there are classes
     */
    @Override
    public Record get(NDManager manager, long index) throws IOException {
        float[] sample = new float[Math.toIntExact(getSampleShape().size())];
        readChecked(index, sample);
        NDList labels = new NDList();
        if (isLabelled()) {
            labels.add(manager.create(label(index)));
        }
        return new Record(new NDList(manager.create(sample, getSampleShape())), labels);
    }

    @Override
    public ReadAhead getData(NDManager manager, Sampler sampler) {
        return getData(manager, sampler, null);
    }

    /**
     * Reads batches ahead, on a thread of its own.
     *
     * @param executorService runs the reading; {@code null}, which suits most, for a daemon thread
     *     of the data set's own that ends when there is nothing to read
     */
    @Override
    public ReadAhead getData(NDManager manager, Sampler sampler, ExecutorService executorService) {
        return reader.read(this, source(), manager, sampler, executorService);
    }

    /** What the reading thread sees of this. */
    final SampleSource source() {
        return new SampleSource() {
            @Override
            public long size() {
                return ImageDataset.this.size();
            }

            @Override
            public List<Shape> shapes() {
                return List.of(getSampleShape());
            }

            @Override
            public boolean isLabelled() {
                return ImageDataset.this.isLabelled();
            }

            @Override
            public void read(long index, float[] target) throws IOException {
                readChecked(index, target);
            }

            @Override
            public long label(long index) {
                return ImageDataset.this.label(index);
            }
        };
    }

    private void readChecked(long index, float[] target) throws IOException {
        Objects.checkIndex(index, availableSize());
        read(index, target);
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
