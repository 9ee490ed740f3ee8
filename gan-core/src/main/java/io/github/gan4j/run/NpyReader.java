package io.github.gan4j.run;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.github.gan4j.InvalidInputException;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a NumPy file of 8-bit unsigned or 32-bit floating-point values, part by part. */
public final class NpyReader implements Closeable {

    /** The longest header that is looked at. */
    private static final int LONGEST = 1 << 16;

    private static final Pattern TYPE = Pattern.compile("'descr':\\s*'([^']*)'");
    private static final Pattern ORDER = Pattern.compile("'fortran_order':\\s*(True|False)");
    private static final Pattern SHAPE = Pattern.compile("'shape':\\s*\\(([\\d,\\s]*)\\)");

    private final Path file;
    private final FileChannel channel;
    private final DataType dataType;
    private final Shape shape;
    private final long dataStart;

    /**
     * Opens a file.
     *
     * @param file the file
     * @throws InvalidInputException if it cannot be read, is damaged, or holds other values
     */
    public NpyReader(Path file) {
        this.file = file;
        try {
            channel = FileChannel.open(file);
        } catch (IOException e) {
            throw new InvalidInputException(
                    "There is no readable file '" + file + "'; check its name.", e);
        }
        try {
            ByteBuffer start = fill(ByteBuffer.allocate(12), 0);
            byte[] magic = new byte[NpyWriter.MAGIC.length];
            start.get(magic);
            int version = start.get();
            if (!Arrays.equals(magic, NpyWriter.MAGIC) || version < 1 || version > 3) {
                throw invalid("it does not begin as one", null);
            }
            start.get();
            // Version 1 has two bytes of length, later ones four.
            int length = version == 1 ? start.getShort() & 0xFFFF : start.getInt();
            int headerStart = version == 1 ? 10 : 12;
            if (length < 0 || length > LONGEST) {
                throw invalid("its header has an impossible length", null);
            }
            dataStart = headerStart + length;
            byte[] bytes = fill(ByteBuffer.allocate(length), headerStart).array();
            String header = new String(bytes, StandardCharsets.UTF_8);
            dataType = dataType(find(TYPE, header));
            if (!find(ORDER, header).equals("False")) {
                throw invalid("its axes are in Fortran order; save it in C order", null);
            }
            shape = shape(find(SHAPE, header));
            long expected = Math.multiplyExact(size(shape), dataType.getNumOfBytes());
            if (channel.size() - dataStart != expected) {
                throw invalid(
                        "it should have %d bytes of data and has %d"
                                .formatted(expected, channel.size() - dataStart),
                        null);
            }
        } catch (IOException | ArithmeticException e) {
            closeQuietly();
            throw invalid("its header cannot be read", e);
        } catch (InvalidInputException e) {
            closeQuietly();
            throw e;
        }
    }

    private DataType dataType(String code) {
        return switch (code) {
            case "|u1", "<u1", "u1" -> DataType.UINT8;
            case "<f4" -> DataType.FLOAT32;
            default ->
                    throw invalid(
                            "its values are of type '%s', and can be '|u1' or '<f4'"
                                    .formatted(code),
                            null);
        };
    }

    private String find(Pattern pattern, String header) {
        Matcher matcher = pattern.matcher(header);
        if (!matcher.find()) {
            throw invalid("its header is incomplete", null);
        }
        return matcher.group(1);
    }

    private Shape shape(String text) {
        try {
            return new Shape(
                    Arrays.stream(text.split(","))
                            .map(String::strip)
                            .filter(axis -> !axis.isEmpty())
                            .mapToLong(Long::parseLong)
                            .toArray());
        } catch (NumberFormatException e) {
            throw invalid("its shape is (%s)".formatted(text), e);
        }
    }

    private static long size(Shape shape) {
        return Arrays.stream(shape.getShape()).reduce(1, Math::multiplyExact);
    }

    /**
     * Returns the shape of the whole array.
     *
     * @return the shape
     */
    public Shape getShape() {
        return shape;
    }

    /**
     * Returns the type of the values.
     *
     * @return {@link DataType#UINT8} or {@link DataType#FLOAT32}
     */
    public DataType getDataType() {
        return dataType;
    }

    /**
     * Reads the whole array.
     *
     * @param manager the manager that it is attached to
     * @return the array
     * @throws InvalidInputException if it cannot be read
     */
    public NDArray read(NDManager manager) {
        return read(manager, shape, 0);
    }

    /**
     * Reads a part of the array.
     *
     * @param manager the manager that it is attached to
     * @param from the first index of the first axis
     * @param to the index after the last
     * @return the array {@code (to - from, ...)}
     * @throws InvalidInputException if it cannot be read
     */
    public NDArray read(NDManager manager, long from, long to) {
        if (shape.dimension() == 0 || from < 0 || to < from || to > shape.get(0)) {
            throw new IndexOutOfBoundsException(
                    "There is no part %d to %d in shape %s.".formatted(from, to, shape));
        }
        long[] part = shape.getShape().clone();
        part[0] = 1;
        long rowBytes = size(new Shape(part)) * dataType.getNumOfBytes();
        part[0] = to - from;
        return read(manager, new Shape(part), from * rowBytes);
    }

    private NDArray read(NDManager manager, Shape part, long offset) {
        try {
            return ArrayBytes.create(
                    manager, part, dataType, bytes -> fill(bytes, dataStart + offset));
        } catch (IOException e) {
            throw invalid("its data cannot be read", e);
        }
    }

    private ByteBuffer fill(ByteBuffer buffer, long position) throws IOException {
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, position + buffer.position()) < 0) {
                throw new EOFException("'" + file + "' ends too early");
            }
        }
        return buffer.flip().order(ByteOrder.LITTLE_ENDIAN);
    }

    private InvalidInputException invalid(String problem, Throwable cause) {
        return new InvalidInputException(
                "'%s' is no NumPy file that can be used: %s. Write it again, or use another one."
                        .formatted(file, problem),
                cause);
    }

    private void closeQuietly() {
        try {
            channel.close();
        } catch (IOException e) {
            return;
        }
    }

    /**
     * Closes the file.
     *
     * @throws IOException if it cannot be closed
     */
    @Override
    public void close() throws IOException {
        channel.close();
    }
}
