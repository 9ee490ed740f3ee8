package io.github.gan4j.metric;

import ai.djl.ndarray.NDArray;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A SHA-256 of data, by which {@link StatisticsCache} knows it again wherever it came from.
 *
 * <p>Texts and the shapes of arrays are hashed along with their lengths, so that different things
 * added one after the other do not look the same.
 */
public final class ContentHash {

    private final MessageDigest digest;

    /** Starts with nothing. */
    public ContentHash() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }

    /**
     * Adds a text.
     *
     * @param text the text, for instance an extractor's name
     * @return this
     */
    public ContentHash add(String text) {
        return add(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Adds a number.
     *
     * @param number the number, for instance a seed
     * @return this
     */
    public ContentHash add(long number) {
        digest.update(ByteBuffer.allocate(8).putLong(number).flip());
        return this;
    }

    /**
     * Adds bytes.
     *
     * @param bytes the bytes
     * @return this
     */
    public ContentHash add(byte[] bytes) {
        digest.update(ByteBuffer.allocate(4).putInt(bytes.length).flip());
        digest.update(bytes);
        return this;
    }

    /**
     * Adds an array: its type, its shape and its values.
     *
     * @param array the array
     * @return this
     */
    public ContentHash add(NDArray array) {
        add(array.getDataType() + " " + array.getShape());
        digest.update(array.toByteBuffer());
        return this;
    }

    /**
     * Ends the hash, which is empty again afterwards.
     *
     * @return 64 hexadecimal digits
     */
    public String toHex() {
        return HexFormat.of().formatHex(digest.digest());
    }
}
