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
 * Writes pictures, batch by batch, as one NumPy file (format 1.0) of 8-bit values {@code (N, H, W,
 * C)}, or {@code (N, H, W)} for grey ones.
 *
 * <p>The file appears, whole, when the writer is closed after the last picture; if it is closed
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
     * @param count the number of pictures that will be written
     * @param sample the shape of a picture, {@code (C, H, W)}; C is 1 or 3
     * @throws IOException if it cannot be written
     */
    public NpyWriter(Path file, long count, Shape sample) throws IOException {
        this.count = count;
        this.sample = sample;
        if (sample.dimension() != 3 || (sample.get(0) != 1 && sample.get(0) != 3)) {
            throw new InvalidInputException(
                    "Samples of shape "
                            + sample
                            + " are no pictures (1, H, W) or (3, H, W); they cannot be written to '"
                            + file
                            + "'.");
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

    private ByteBuffer header() {
        LongStream axes = LongStream.of(count, sample.get(1), sample.get(2));
        if (sample.get(0) > 1) {
            axes = LongStream.concat(axes, LongStream.of(sample.get(0)));
        }
        String shape = axes.mapToObj(Long::toString).collect(Collectors.joining(", "));
        String text = "{'descr': '|u1', 'fortran_order': False, 'shape': (%s), }".formatted(shape);
        int before = MAGIC.length + 2 + Short.BYTES;
        int size = (before + text.length() + 1 + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        String padded = text + " ".repeat(size - before - text.length() - 1) + "\n";
        ByteBuffer buffer = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        buffer.put(MAGIC).put((byte) 1).put((byte) 0).putShort((short) (size - before));
        return buffer.put(padded.getBytes(StandardCharsets.US_ASCII)).flip();
    }

    /**
     * Writes some pictures.
     *
     * @param samples samples {@code (N, C, H, W)} in [-1, 1], converted like {@link
     *     ImageGrid#toBytes}
     * @throws IOException if they cannot be written
     */
    public void write(NDArray samples) throws IOException {
        Shape shape = samples.getShape();
        if (shape.dimension() != 4 || !shape.slice(1).equals(sample)) {
            throw new IllegalArgumentException(
                    "Pictures of shape %s were announced, not %s.".formatted(sample, shape));
        }
        if (written + shape.get(0) > count) {
            throw new IllegalArgumentException(
                    "%d pictures were announced, not %d.".formatted(count, written + shape.get(0)));
        }
        ArrayBytes.write(channel, ByteBuffer.wrap(ImageGrid.toBytes(samples)));
        written += shape.get(0);
    }

    /**
     * Finishes the file, if all pictures have been written; else leaves none.
     *
     * @throws IOException if it cannot be written
     */
    @Override
    public void close() throws IOException {
        try (AtomicFile closing = atomic) {
            boolean whole =
                    channel.isOpen()
                            && written == count
                            && channel.position() == header().limit() + count * sample.size();
            channel.close();
            if (whole) {
                closing.commit();
            }
        }
    }
}
