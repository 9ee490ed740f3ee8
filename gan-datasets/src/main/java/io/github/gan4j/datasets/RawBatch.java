package io.github.gan4j.datasets;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.dataset.Batch;
import ai.djl.translate.Batchifier;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.List;

/** A batch outside the engine: samples, then labels, in one direct buffer. */
record RawBatch(ReadAheadDataset dataset, List<Long> indices, ByteBuffer buffer) {

    /** Reads the samples. Plain Java: runs on the reading thread. */
    static RawBatch read(ReadAheadDataset dataset, List<Long> indices, BufferPool pool)
            throws IOException {
        int sampleSize = Math.toIntExact(dataset.getSampleShape().size());
        int labelsAt = labelsAt(dataset, indices.size());
        int labelCount = dataset.isLabelled() ? indices.size() : 0;
        ByteBuffer buffer = pool.take(labelsAt + labelCount * Long.BYTES);
        boolean done = false;
        try {
            FloatBuffer samples = buffer.clear().asFloatBuffer();
            float[] sample = new float[sampleSize];
            for (long index : indices) {
                dataset.readChecked(index, sample);
                samples.put(sample);
            }
            if (dataset.isLabelled()) {
                LongBuffer labels = buffer.position(labelsAt).asLongBuffer();
                for (long index : indices) {
                    labels.put(dataset.label(index));
                }
            }
            done = true;
            return new RawBatch(dataset, indices, buffer);
        } finally {
            if (!done) {
                pool.give(buffer);
            }
        }
    }

    /** Makes the arrays. Calls the engine: runs on the consumer's thread. */
    Batch toBatch(NDManager parent, long progress) {
        NDManager manager = parent.newSubManager();
        boolean done = false;
        try {
            int size = indices.size();
            int labelsAt = labelsAt(dataset, size);
            Shape shape = new Shape(size).addAll(dataset.getSampleShape());
            int samplesEnd = Math.toIntExact(shape.size() * Float.BYTES);
            NDList data = new NDList(copy(manager, 0, samplesEnd, shape, DataType.FLOAT32));
            NDList labels = new NDList();
            if (dataset.isLabelled()) {
                int end = labelsAt + size * Long.BYTES;
                labels.add(copy(manager, labelsAt, end, new Shape(size), DataType.INT64));
            }
            Batch batch =
                    new Batch(
                            manager,
                            data,
                            labels,
                            size,
                            Batchifier.STACK,
                            Batchifier.STACK,
                            progress,
                            dataset.size(),
                            indices);
            done = true;
            return batch;
        } finally {
            if (!done) {
                manager.close();
            }
        }
    }

    /**
     * Copies a part of the buffer into an array that owns its memory.
     *
     * <p>On the CPU the engine makes an array that is the buffer, not a copy of it. To lend it out
     * until the batch is closed would save this copy (well under a millisecond), but any view that
     * outlives the batch would then show another batch's pictures.
     */
    private NDArray copy(NDManager manager, int from, int to, Shape shape, DataType type) {
        ByteBuffer part = buffer.duplicate().limit(to).position(from).slice();
        NDArray lent = manager.create(part, shape, type);
        if (manager.getDevice().isGpu()) {
            return lent;
        }
        try (lent) {
            return lent.duplicate();
        }
    }

    /** Where labels begin, in bytes: after the samples, on a boundary of 8. */
    private static int labelsAt(ReadAheadDataset dataset, int size) {
        long bytes = dataset.getSampleShape().size() * size * Float.BYTES;
        return Math.toIntExact((bytes + Long.BYTES - 1) / Long.BYTES * Long.BYTES);
    }
}
