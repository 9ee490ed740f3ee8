package io.github.gan4j.run;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import io.github.gan4j.InvalidInputException;
import io.github.gan4j.Reasons;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a checkpoint file says beside its arrays: counters, texts, and a checksum over it all. */
final class CheckpointCodec {

    private static final String FORMAT = "format";
    private static final String FORMAT_VALUE = "gan4j checkpoint 1";
    private static final String COUNTER = "counter/";
    private static final String CHECKSUM = "sha256";

    private CheckpointCodec() {}

    /** The metadata of a checkpoint, the checksum last. */
    static Map<String, String> metadata(
            Map<String, NDArray> arrays, Map<String, Long> counters, Map<String, String> extra)
            throws IOException {
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put(FORMAT, FORMAT_VALUE);
        counters.forEach((name, value) -> metadata.put(COUNTER + name, Long.toString(value)));
        for (Map.Entry<String, String> each : extra.entrySet()) {
            String name = each.getKey();
            if (name.startsWith(COUNTER) || name.equals(FORMAT) || name.equals(CHECKSUM)) {
                throw new IllegalArgumentException(
                        "\"" + name + "\" is a name of the checkpoint's own; choose another.");
            }
            metadata.put(name, each.getValue());
        }
        Checksum checksum = new Checksum(metadata);
        for (Map.Entry<String, NDArray> each : arrays.entrySet()) {
            NDArray array = each.getValue();
            checksum.add(each.getKey(), array.getDataType(), array.getShape().getShape());
            ArrayBytes.lend(array, checksum::add);
        }
        metadata.put(CHECKSUM, checksum.get());
        return metadata;
    }

    /**
     * Reads a file and compares its checksum.
     *
     * @throws InvalidInputException if it is damaged or no checkpoint; the message is the end of a
     *     sentence
     */
    static Checkpoint read(Path file) {
        try {
            return read(file, Safetensors.read(file));
        } catch (Safetensors.DamagedException e) {
            throw new InvalidInputException(e.getProblem(), e);
        } catch (NumberFormatException e) {
            throw new InvalidInputException("one of its counters is no number", e);
        }
    }

    private static Checkpoint read(Path file, Safetensors content) {
        Map<String, String> metadata = new LinkedHashMap<>(content.getMetadata());
        String expected = metadata.remove(CHECKSUM);
        if (expected == null || !FORMAT_VALUE.equals(metadata.get(FORMAT))) {
            throw new InvalidInputException("it says nothing of being a checkpoint of gan4j");
        }
        Checksum checksum = new Checksum(metadata);
        for (String name : content.getNames()) {
            checksum.add(name, content.getDataType(name), content.getShape(name).getShape());
            try {
                content.lend(name, checksum::add);
            } catch (IOException e) {
                throw new InvalidInputException("it cannot be read: " + Reasons.of(e), e);
            }
        }
        if (!checksum.get().equals(expected)) {
            throw new InvalidInputException("its checksum differs");
        }
        Map<String, Long> counters = new LinkedHashMap<>();
        Map<String, String> extra = new LinkedHashMap<>();
        metadata.remove(FORMAT);
        metadata.forEach(
                (name, value) -> {
                    if (name.startsWith(COUNTER)) {
                        counters.put(name.substring(COUNTER.length()), Long.valueOf(value));
                    } else {
                        extra.put(name, value);
                    }
                });
        if (!counters.containsKey(CheckpointStore.STEP)) {
            throw new InvalidInputException("it does not tell its step");
        }
        return new Checkpoint(file, content, counters, extra);
    }

    /** SHA-256 over texts and arrays, each preceded by its length. */
    private static final class Checksum {

        private final MessageDigest digest;

        Checksum(Map<String, String> metadata) {
            try {
                digest = MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("Every Java has SHA-256.", e);
            }
            metadata.forEach(
                    (name, value) -> {
                        add(name);
                        add(value);
                    });
        }

        private void add(String text) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            add(ByteBuffer.allocate(4).putInt(bytes.length).flip());
            digest.update(bytes);
        }

        void add(String name, DataType dataType, long[] shape) {
            add(name);
            add(dataType.name() + Arrays.toString(shape));
        }

        void add(ByteBuffer bytes) {
            digest.update(bytes);
        }

        String get() {
            return HexFormat.of().formatHex(digest.digest());
        }
    }
}
