package io.github.gan4j.run;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.github.gan4j.InvalidInputException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * Writes samples, batch by batch, as one NumPy file (format 1.0): pictures as 8-bit values {@code
 * (N, H, W, C)}, or {@code (N, H, W)} for grey ones; vectors as they are, 32-bit floating-point
 * values {@code (N, D)}.
 *
 * <p>The file appears, whole, when the writer is closed after the last sample; if it is closed
 * before, there is none.
 */
public final class NpyWriter implements Closeable {

    static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};

    /** NumPy lets the data begin at a multiple of this. */
    private static final int ALIGNMENT = 64;

    private final AtomicFile atomic;
    private final FileChannel channel;
    private final long count;
    private final Shape sample;
    private long written;

    /**
     * Starts a file.
     *
     * @param file the file, overwritten if it is there
     * @param count the number of samples that will be written
     * @param sample the shape of a sample: {@code (C, H, W)}, where C is 1 or 3, or {@code (D)}
     * @throws IOException if it cannot be written
     * @throws InvalidInputException if samples have another shape
     */
    public NpyWriter(Path file, long count, Shape sample) throws IOException {
        this.count = count;
        this.sample = sample;
        boolean picture = sample.dimension() == 3 && (sample.get(0) == 1 || sample.get(0) == 3);
        if (!picture && sample.dimension() != 1) {
            throw new InvalidInputException(
                    ("Samples of shape %s are neither pictures (1, H, W) or (3, H, W) nor vectors"
                                    + " (D); they cannot be written to '%s'.")
                            .formatted(sample, file));
        }
        atomic = new AtomicFile(file);
        channel =
                FileChannel.open(
                        atomic.getPartial(),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE);
        try {
            ArrayBytes.write(channel, header());
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    private boolean isVector() {
        return sample.dimension() == 1;
    }

    private LongStream axes() {
        if (isVector()) {
            return LongStream.of(count, sample.get(0));
        }
        LongStream axes = LongStream.of(count, sample.get(1), sample.get(2));
        return sample.get(0) == 1 ? axes : LongStream.concat(axes, LongStream.of(sample.get(0)));
    }

    private ByteBuffer header() {
        String shape = axes().mapToObj(Long::toString).collect(Collectors.joining(", "));
        String text =
                "{'descr': '%s', 'fortran_order': False, 'shape': (%s), }"
                        .formatted(isVector() ? "<f4" : "|u1", shape);
        int before = MAGIC.length + 2 + Short.BYTES;
        int size = (before + text.length() + 1 + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        String padded = text + " ".repeat(size - before - text.length() - 1) + "\n";
        ByteBuffer buffer = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        buffer.put(MAGIC).put((byte) 1).put((byte) 0).putShort((short) (size - before));
        return buffer.put(padded.getBytes(StandardCharsets.US_ASCII)).flip();
    }

    /**
     * Writes some samples.
     *
     * @param samples pictures {@code (N, C, H, W)} in [-1, 1], converted like {@link
     *     ImageGrid#toBytes}; or vectors {@code (N, D)}
     * @throws IOException if they cannot be written
     */
    public void write(NDArray samples) throws IOException {
        Shape shape = samples.getShape();
        if (shape.dimension() != sample.dimension() + 1 || !shape.slice(1).equals(sample)) {
            throw new IllegalArgumentException(
                    "Samples of shape %s were announced, not %s.".formatted(sample, shape));
        }
        if (written + shape.get(0) > count) {
            throw new IllegalArgumentException(
                    "%d samples were announced, not %d.".formatted(count, written + shape.get(0)));
        }
        ArrayBytes.write(
                channel,
                isVector() ? floats(samples) : ByteBuffer.wrap(ImageGrid.toBytes(samples)));
        written += shape.get(0);
    }

    private static ByteBuffer floats(NDArray samples) {
        float[] values = samples.toFloatArray();
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES);
        bytes.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(values);
        return bytes;
    }

    /**
     * Finishes the file, if all samples have been written; else leaves none.
     *
     * @throws IOException if it cannot be written
     */
    @Override
    public void close() throws IOException {
        try (AtomicFile closing = atomic) {
            long bytes = count * sample.size() * (isVector() ? Float.BYTES : 1);
            boolean whole =
                    channel.isOpen()
                            && written == count
                            && channel.position() == header().limit() + bytes;
            channel.close();
            if (whole) {
                closing.commit();
            }
        }
    }
}
