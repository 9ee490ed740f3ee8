package io.github.gan4j.run;

import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.gan4j.InvalidInputException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The JSON header of a safetensors file: what it holds, and where. */
final class SafetensorsHeader {

    /** The longest header that the format's own library reads. */
    static final long LONGEST = 100_000_000;

    private static final String METADATA = "__metadata__";
    private static final Map<DataType, String> CODES = new EnumMap<>(DataType.class);

    private static final ObjectMapper JSON =
            JsonMapper.builder()
                    .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    static {
        CODES.put(DataType.FLOAT64, "F64");
        CODES.put(DataType.FLOAT32, "F32");
        CODES.put(DataType.FLOAT16, "F16");
        // No BF16: making such an array ends the process with DJL 0.35.
        CODES.put(DataType.INT64, "I64");
        CODES.put(DataType.INT32, "I32");
        CODES.put(DataType.INT8, "I8");
        CODES.put(DataType.UINT8, "U8");
        CODES.put(DataType.BOOLEAN, "BOOL");
    }

    private final Map<String, Entry> entries;
    private final Map<String, String> metadata;

    SafetensorsHeader(Map<String, Entry> entries, Map<String, String> metadata) {
        this.entries = Collections.unmodifiableMap(entries);
        this.metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    }

    Map<String, Entry> getEntries() {
        return entries;
    }

    Map<String, String> getMetadata() {
        return metadata;
    }

    /**
     * Returns the bytes that a file begins with: the length of the header, and the header, padded
     * with blanks so that the data starts at a multiple of 8.
     */
    ByteBuffer encode() {
        Map<String, Object> root = new LinkedHashMap<>();
        if (!metadata.isEmpty()) {
            root.put(METADATA, metadata);
        }
        entries.forEach((name, entry) -> root.put(name, entry.toJson()));
        byte[] json;
        try {
            json = JSON.writeValueAsBytes(root);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
        int padded = (json.length + 7) / 8 * 8;
        ByteBuffer buffer = ByteBuffer.allocate(8 + padded).order(ByteOrder.LITTLE_ENDIAN);
        buffer.putLong(padded).put(json);
        while (buffer.hasRemaining()) {
            buffer.put((byte) ' ');
        }
        return buffer.flip();
    }

    /**
     * Reads a header and checks it against the number of bytes that follow it.
     *
     * @throws InvalidInputException if it says what cannot be; the message lacks the name of the
     *     file
     */
    static SafetensorsHeader parse(byte[] json, long dataLength) {
        JsonNode root;
        try {
            root = JSON.readTree(new String(json, StandardCharsets.UTF_8));
        } catch (JsonProcessingException e) {
            throw new InvalidInputException("its header is not JSON", e);
        }
        if (root == null || !root.isObject()) {
            throw new InvalidInputException("its header is not a JSON object");
        }
        Map<String, String> metadata = new LinkedHashMap<>();
        Map<String, Entry> entries = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> field : root.properties()) {
            if (field.getKey().equals(METADATA)) {
                readMetadata(field.getValue(), metadata);
            } else {
                entries.put(field.getKey(), Entry.parse(field.getKey(), field.getValue()));
            }
        }
        checkOffsets(entries, dataLength);
        return new SafetensorsHeader(entries, metadata);
    }

    private static void readMetadata(JsonNode node, Map<String, String> metadata) {
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            if (!field.getValue().isTextual()) {
                throw new InvalidInputException(
                        "its metadata entry \"" + field.getKey() + "\" is not a text");
            }
            metadata.put(field.getKey(), field.getValue().textValue());
        }
    }

    /** The arrays must fill the data without gap or overlap. */
    private static void checkOffsets(Map<String, Entry> entries, long dataLength) {
        List<Map.Entry<String, Entry>> sorted = new ArrayList<>(entries.entrySet());
        sorted.sort(
                Comparator.comparingLong((Map.Entry<String, Entry> e) -> e.getValue().begin())
                        .thenComparingLong(e -> e.getValue().end()));
        long at = 0;
        for (Map.Entry<String, Entry> each : sorted) {
            if (each.getValue().begin() != at) {
                throw new InvalidInputException(
                        "the data of \"%s\" begins at %d where %d was expected"
                                .formatted(each.getKey(), each.getValue().begin(), at));
            }
            at = each.getValue().end();
        }
        if (at != dataLength) {
            throw new InvalidInputException(
                    "its header tells of %d bytes of data, but there are %d"
                            .formatted(at, dataLength));
        }
    }

    /**
     * One array.
     *
     * @param dataType the type of its elements
     * @param shape its shape
     * @param begin where its data begins, counted from the end of the header
     * @param end where its data ends
     */
    record Entry(DataType dataType, Shape shape, long begin, long end) {

        /** The entry of an array whose data begins at a given place. */
        static Entry of(String name, DataType dataType, Shape shape, long begin) {
            if (!CODES.containsKey(dataType)) {
                throw new IllegalArgumentException(
                        "Array \"%s\" is of type %s, which a safetensors file cannot hold here."
                                .formatted(name, dataType));
            }
            if (name.equals(METADATA)) {
                throw new IllegalArgumentException("No array can be named " + METADATA + ".");
            }
            return new Entry(dataType, shape, begin, begin + byteSize(dataType, shape));
        }

        long length() {
            return end - begin;
        }

        private Map<String, Object> toJson() {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("dtype", CODES.get(dataType));
            json.put("shape", shape.getShape());
            json.put("data_offsets", new long[] {begin, end});
            return json;
        }

        private static Entry parse(String name, JsonNode node) {
            String code = node.path("dtype").asText();
            DataType dataType = null;
            for (Map.Entry<DataType, String> known : CODES.entrySet()) {
                if (known.getValue().equals(code)) {
                    dataType = known.getKey();
                }
            }
            if (dataType == null) {
                throw new InvalidInputException(
                        "\"%s\" is of type \"%s\", and known are %s"
                                .formatted(name, code, String.join(", ", CODES.values())));
            }
            Shape shape = new Shape(numbers(name, "shape", node));
            long[] offsets = numbers(name, "data_offsets", node);
            if (offsets.length != 2 || offsets[0] > offsets[1]) {
                throw new InvalidInputException(
                        "the place of the data of \"%s\" is %s"
                                .formatted(name, Arrays.toString(offsets)));
            }
            Entry entry = new Entry(dataType, shape, offsets[0], offsets[1]);
            long size;
            try {
                size = byteSize(dataType, shape);
            } catch (ArithmeticException e) {
                throw new InvalidInputException(
                        "\"%s\" has the impossible shape %s".formatted(name, shape), e);
            }
            if (size != entry.length()) {
                throw new InvalidInputException(
                        "\"%s\" of shape %s and type %s takes %d bytes, but has %d"
                                .formatted(name, shape, code, size, entry.length()));
            }
            return entry;
        }

        private static long byteSize(DataType dataType, Shape shape) {
            long size = dataType.getNumOfBytes();
            for (long length : shape.getShape()) {
                size = Math.multiplyExact(size, length);
            }
            return size;
        }

        private static long[] numbers(String name, String key, JsonNode node) {
            JsonNode list = node.path(key);
            if (!list.isArray()) {
                throw new InvalidInputException("\"%s\" has no list \"%s\"".formatted(name, key));
            }
            long[] numbers = new long[list.size()];
            for (int i = 0; i < numbers.length; i++) {
                JsonNode number = list.get(i);
                if (!number.isIntegralNumber()
                        || !number.canConvertToLong()
                        || number.longValue() < 0) {
                    throw new InvalidInputException(
                            "\"%s\" of \"%s\" holds %s".formatted(key, name, number));
                }
                numbers[i] = number.longValue();
            }
            return numbers;
        }
    }
}
