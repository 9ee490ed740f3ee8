package io.github.gan4j.run;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.github.gan4j.InvalidInputException;
import io.github.gan4j.run.SafetensorsHeader.Entry;
import io.github.gan4j.torch.GradMode;
import io.github.gan4j.torch.TorchFunction;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * A file of named arrays in the safetensors format, which Python's {@code safetensors} reads and
 * writes as well.
 *
 * <p>The file is 8 bytes of header length, a JSON header with the type, shape and place of each
 * array and any metadata, and then the data of the arrays without gaps; all numbers little-endian.
 * Nothing in it is ever executed. The same arrays and metadata in the same order give the same
 * bytes.
 *
 * <pre>{@code
 * Safetensors.write(file, Map.of("weight", weight), Map.of("step", "500"));
 *
 * Safetensors saved = Safetensors.read(file);
 * saved.copyTo("weight", weight);
 * }</pre>
 */
public final class Safetensors {

    /** DJL's own set() makes the array point to Java's memory; this keeps its memory. */
    private static final TorchFunction COPY =
            TorchFunction.of("target: Tensor, x: Tensor", "return torch.copy_(target, x)");

    private static final int CHUNK = 1 << 20;

    private final String origin;
    private final SafetensorsHeader header;
    private final long dataStart;
    private final Source source;

    private Safetensors(String origin, long size, Source source) {
        this.origin = origin;
        this.source = source;
        if (size < 8) {
            throw damaged("it has %d bytes, too few for any".formatted(size), null);
        }
        long length = fill(ByteBuffer.allocate(8), 0).getLong();
        if (length < 0 || length > Math.min(size - 8, SafetensorsHeader.LONGEST)) {
            String text = Long.toUnsignedString(length);
            throw damaged(
                    "it tells of a header of %s bytes, but has %d".formatted(text, size), null);
        }
        dataStart = 8 + length;
        byte[] json = fill(ByteBuffer.allocate((int) length), 8).array();
        try {
            header = SafetensorsHeader.parse(json, size - dataStart);
        } catch (InvalidInputException e) {
            throw damaged(e.getMessage(), e);
        }
    }

    /**
     * Writes a file, one array after the other, and waits until the disk has it.
     *
     * @param file the file, which is overwritten if it is there; after an exception it is not whole
     * @param arrays the arrays by name, in the order in which they are written
     * @param metadata texts by name, in the order in which they are written
     * @throws IOException if it cannot be written
     */
    public static void write(Path file, Map<String, NDArray> arrays, Map<String, String> metadata)
            throws IOException {
        try (FileChannel channel =
                FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE)) {
            write(channel, arrays, metadata);
            channel.force(true);
        }
    }

    static void write(
            WritableByteChannel channel, Map<String, NDArray> arrays, Map<String, String> metadata)
            throws IOException {
        Map<String, Entry> entries = new LinkedHashMap<>();
        long at = 0;
        for (Map.Entry<String, NDArray> each : arrays.entrySet()) {
            NDArray array = each.getValue();
            Entry entry = Entry.of(each.getKey(), array.getDataType(), array.getShape(), at);
            entries.put(each.getKey(), entry);
            at = entry.end();
        }
        ArrayBytes.write(channel, new SafetensorsHeader(entries, metadata).encode());
        for (NDArray array : arrays.values()) {
            ArrayBytes.lend(array, bytes -> ArrayBytes.write(channel, bytes));
        }
    }

    /**
     * Opens a file and checks that its header and its length agree. The data is read by {@link
     * #get} and {@link #copyTo}; so the file must stay.
     *
     * @param file the file
     * @return what it holds
     * @throws InvalidInputException if it is not there, cannot be read, or is damaged
     */
    public static Safetensors read(Path file) {
        long size;
        try {
            size = Files.size(file);
        } catch (IOException e) {
            throw new InvalidInputException(
                    "There is no readable file " + file + "; check its name.", e);
        }
        return new Safetensors(
                file.toString(),
                size,
                (position, target) -> {
                    try (FileChannel channel = FileChannel.open(file)) {
                        while (target.hasRemaining()) {
                            long at = position + target.position();
                            if (channel.read(target, at) < 0) {
                                throw new EOFException();
                            }
                        }
                    }
                });
    }

    /**
     * Reads a stream to its end, for instance that of a resource.
     *
     * @param stream the stream, which is left open
     * @param origin what to call it in messages
     * @return what it holds
     * @throws IOException if the stream cannot be read
     * @throws InvalidInputException if its content is damaged
     */
    public static Safetensors read(InputStream stream, String origin) throws IOException {
        byte[] bytes = stream.readAllBytes();
        return new Safetensors(
                origin,
                bytes.length,
                (position, target) ->
                        target.put(bytes, Math.toIntExact(position), target.remaining()));
    }

    /**
     * Returns the metadata.
     *
     * @return texts by name, in the order of the file
     */
    public Map<String, String> getMetadata() {
        return header.getMetadata();
    }

    /**
     * Returns the names of the arrays.
     *
     * @return the names, in the order of the file
     */
    public Set<String> getNames() {
        return header.getEntries().keySet();
    }

    /**
     * Returns the shape of an array.
     *
     * @param name its name
     * @return the shape
     * @throws InvalidInputException if there is none of the name
     */
    public Shape getShape(String name) {
        return entry(name).shape();
    }

    /**
     * Returns the type of the elements of an array.
     *
     * @param name its name
     * @return the type
     * @throws InvalidInputException if there is none of the name
     */
    public DataType getDataType(String name) {
        return entry(name).dataType();
    }

    /**
     * Reads an array.
     *
     * @param manager the manager that it is attached to, and whose device it lies on
     * @param name its name
     * @return the array
     * @throws InvalidInputException if there is none of the name, or it cannot be read
     */
    public NDArray get(NDManager manager, String name) {
        Entry entry = entry(name);
        try {
            return ArrayBytes.create(
                    manager,
                    entry.shape(),
                    entry.dataType(),
                    bytes -> fill(bytes, dataStart + entry.begin()));
        } catch (IOException e) {
            throw new UncheckedIOException(e); // fill() throws none
        }
    }

    /**
     * Reads an array into another one, in place: whatever shares its memory changes too, and it
     * requires gradients afterwards if it did before.
     *
     * @param name the name of the array to read
     * @param target where to, of the same shape and type
     * @throws InvalidInputException if there is none of the name, it has another shape or type, or
     *     it cannot be read
     */
    public void copyTo(String name, NDArray target) {
        Entry entry = entry(name);
        if (!entry.shape().equals(target.getShape()) || entry.dataType() != target.getDataType()) {
            throw new InvalidInputException(
                    "\"%s\" of %s is %s %s, but %s %s is wanted; choose a file that fits."
                            .formatted(
                                    name,
                                    origin,
                                    entry.dataType(),
                                    entry.shape(),
                                    target.getDataType(),
                                    target.getShape()));
        }
        try (GradMode recording = GradMode.off();
                NDManager local = target.getManager().newSubManager(Device.cpu())) {
            COPY.call(local, target, get(local, name));
        }
    }

    /** Lends the bytes of an array piece by piece. */
    void lend(String name, ArrayBytes.Consumer consumer) throws IOException {
        Entry entry = entry(name);
        ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(CHUNK, entry.length()));
        for (long at = entry.begin(); at < entry.end(); at += buffer.capacity()) {
            buffer.clear().limit((int) Math.min(buffer.capacity(), entry.end() - at));
            consumer.accept(fill(buffer, dataStart + at));
        }
    }

    private Entry entry(String name) {
        Entry entry = header.getEntries().get(name);
        if (entry == null) {
            throw new InvalidInputException(
                    "%s holds no array \"%s\"; it holds %s."
                            .formatted(origin, name, String.join(", ", getNames())));
        }
        return entry;
    }

    private ByteBuffer fill(ByteBuffer buffer, long position) {
        try {
            source.read(position, buffer);
        } catch (IOException e) {
            throw damaged("its bytes from " + position + " on cannot be read", e);
        }
        return buffer.flip().order(ByteOrder.LITTLE_ENDIAN);
    }

    private DamagedException damaged(String problem, Throwable cause) {
        return new DamagedException(origin, problem, cause);
    }

    /** The content of a file cannot be. */
    static final class DamagedException extends InvalidInputException {

        private final String problem;

        DamagedException(String origin, String problem, Throwable cause) {
            super(
                    "%s is no whole safetensors file: %s. Copy it again, or use another one."
                            .formatted(origin, problem),
                    cause);
            this.problem = problem;
        }

        /** What is wrong, for a sentence of another kind. */
        String getProblem() {
            return problem;
        }
    }

    /** Where bytes come from. */
    private interface Source {
        void read(long position, ByteBuffer target) throws IOException;
    }
}
