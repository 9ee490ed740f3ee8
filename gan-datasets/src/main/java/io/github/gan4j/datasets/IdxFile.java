package io.github.gan4j.datasets;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * An array of unsigned bytes in the idx format of MNIST: two zero bytes, the type 8, the number of
 * axes, the length of each axis as a big-endian int, then the bytes.
 */
public final class IdxFile {

    private static final int UNSIGNED_BYTE = 8;
    private static final int MAX_AXES = 4;

    private final int[] shape;
    private final byte[] data;

    /**
     * Constructs an array.
     *
     * @param data the bytes, not copied
     * @param shape the length of each axis; the product is the number of bytes
     */
    public IdxFile(byte[] data, int... shape) {
        if (volume(shape) != data.length) {
            throw new IllegalArgumentException(
                    "The axes want %d bytes, but there are %d."
                            .formatted(volume(shape), data.length));
        }
        this.shape = shape.clone();
        this.data = data;
    }

    /**
     * Reads an idx file.
     *
     * @param input the uncompressed file
     * @return its content
     * @throws IOException if it is no idx file of unsigned bytes, or ends too early
     */
    public static IdxFile read(InputStream input) throws IOException {
        DataInputStream in = new DataInputStream(input);
        int magic = in.readInt();
        int axes = magic & 0xFF;
        if (magic >>> 8 != UNSIGNED_BYTE || axes < 1 || axes > MAX_AXES) {
            throw new IOException(
                    "Not an idx file of unsigned bytes: it begins with %08x.".formatted(magic));
        }
        int[] shape = new int[axes];
        for (int i = 0; i < axes; i++) {
            shape[i] = in.readInt();
        }
        long volume = volume(shape);
        if (volume < 0 || volume > Integer.MAX_VALUE) {
            throw new IOException(
                    "Damaged idx file: it claims to hold %d bytes.".formatted(volume));
        }
        byte[] data = in.readNBytes((int) volume);
        if (data.length != volume) {
            throw new IOException(
                    "Truncated idx file: %d of %d bytes.".formatted(data.length, volume));
        }
        return new IdxFile(data, shape);
    }

    /**
     * Writes this as an idx file.
     *
     * @param output where to, left open
     * @throws IOException if writing fails
     */
    public void write(OutputStream output) throws IOException {
        DataOutputStream out = new DataOutputStream(output);
        out.writeInt(UNSIGNED_BYTE << 8 | shape.length);
        for (int length : shape) {
            out.writeInt(length);
        }
        out.write(data);
        out.flush();
    }

    /**
     * Returns the length of each axis.
     *
     * @return a copy
     */
    public int[] getShape() {
        return shape.clone();
    }

    /**
     * Returns the bytes.
     *
     * @return the array itself, the last axis fastest
     */
    public byte[] getData() {
        return data;
    }

    private static long volume(int... shape) {
        long volume = 1;
        for (int length : shape) {
            // Held above what an array can have, so that a damaged head cannot overflow.
            volume = Math.min(volume, 1L << 31) * length;
        }
        return volume;
    }
}
