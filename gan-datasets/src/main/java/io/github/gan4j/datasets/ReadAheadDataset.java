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
 * A data set that is read ahead.
 *
 * <p>A subclass says in plain Java how one sample is read; batches are put together on a daemon
 * thread, two ahead of the consumer, and only the consumer's thread calls the engine. (A second
 * thread that calls libtorch gets a second pool of OpenMP threads, which then fights with the
 * first.) Data are float32 of shape {@code (N, ...)}, labels int64 of shape {@code (N)}.
 */
public abstract class ReadAheadDataset extends SampleDataset {

    private final BatchReader reader;

    /**
     * Constructs a data set.
     *
     * @param name the name, for messages and the run folder
     * @param sampleShape the shape of a sample, without the batch axis
     * @param classNames the names of the classes in the order of their indices; empty if the
     *     samples have no labels
     */
    protected ReadAheadDataset(String name, Shape sampleShape, List<String> classNames) {
        super(name, sampleShape, classNames);
        reader = new BatchReader(name);
    }

    /**
     * Reads one sample. Called from the reading thread, and from others at the same time; must not
     * touch the engine.
     *
     * @param index the number of the sample, from 0 to {@code availableSize() - 1}
     * @param target filled with the sample, as many values as its shape has
     * @throws IOException if it cannot be read
     */
    protected abstract void read(long index, float[] target) throws IOException;

    /**
     * Returns the label of one sample. Called only if there are classes.
     *
     * @param index the number of the sample, from 0 to {@code availableSize() - 1}
     * @return the index of its class
     */
    protected abstract long label(long index);

    /**
     * Reads one sample.
     *
     * @return data of the shape of a sample, and a scalar label if there are classes
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
                return ReadAheadDataset.this.size();
            }

            @Override
            public List<Shape> shapes() {
                return List.of(getSampleShape());
            }

            @Override
            public boolean isLabelled() {
                return ReadAheadDataset.this.isLabelled();
            }

            @Override
            public void read(long index, float[] target) throws IOException {
                readChecked(index, target);
            }

            @Override
            public long label(long index) {
                return ReadAheadDataset.this.label(index);
            }
        };
    }

    private void readChecked(long index, float[] target) throws IOException {
        Objects.checkIndex(index, availableSize());
        read(index, target);
    }
}
