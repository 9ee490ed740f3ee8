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

/**
 * A batch outside the engine: one data array after the other, then labels, in one direct buffer.
 */
record RawBatch(SampleSource source, List<Long> indices, ByteBuffer buffer) {

    /** Reads the pictures. Plain Java: runs on the reading thread. */
    static RawBatch read(SampleSource source, List<Long> indices, BufferPool pool)
            throws IOException {
        int labelsAt = labelsAt(source, indices.size());
        int labelCount = source.isLabelled() ? indices.size() : 0;
        ByteBuffer buffer = pool.take(labelsAt + labelCount * Long.BYTES);
        boolean done = false;
        try {
            readSamples(source, indices, buffer.clear().asFloatBuffer());
            if (source.isLabelled()) {
                LongBuffer labels = buffer.position(labelsAt).asLongBuffer();
                for (long index : indices) {
                    labels.put(source.label(index));
                }
            }
            done = true;
            return new RawBatch(source, indices, buffer);
        } finally {
            if (!done) {
                pool.give(buffer);
            }
        }
    }

    private static void readSamples(SampleSource source, List<Long> indices, FloatBuffer target)
            throws IOException {
        float[] sample = new float[source.volume()];
        for (int i = 0; i < indices.size(); i++) {
            source.read(indices.get(i), sample);
            int from = 0;
            for (Shape shape : source.shapes()) {
                int length = Math.toIntExact(shape.size());
                target.position(from * indices.size() + i * length).put(sample, from, length);
                from += length;
            }
        }
    }

    /** Makes the arrays. Calls the engine: runs on the consumer's thread. */
    Batch toBatch(NDManager parent, long progress) {
        NDManager manager = parent.newSubManager();
        boolean done = false;
        try {
            int size = indices.size();
            NDList data = new NDList();
            int from = 0;
            for (Shape each : source.shapes()) {
                Shape shape = new Shape(size).addAll(each);
                int to = Math.toIntExact(from + shape.size() * Float.BYTES);
                data.add(copy(manager, from, to, shape, DataType.FLOAT32));
                from = to;
            }
            NDList labels = new NDList();
            if (source.isLabelled()) {
                int labelsAt = labelsAt(source, size);
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
                            source.size(),
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
    private static int labelsAt(SampleSource source, int size) {
        long bytes = (long) source.volume() * size * Float.BYTES;
        return Math.toIntExact((bytes + Long.BYTES - 1) / Long.BYTES * Long.BYTES);
    }
}
