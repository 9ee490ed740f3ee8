package io.github.gan4j.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.github.gan4j.InvalidInputException;
import io.github.gan4j.torch.GradMode;
import io.github.gan4j.torch.Torch;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SafetensorsTest {

    @TempDir Path folder;
    private NDManager manager;
    private Path file;

    @BeforeEach
    void setUp() {
        manager = Torch.newManager();
        file = folder.resolve("x.safetensors");
    }

    @AfterEach
    void tearDown() {
        manager.close();
    }

    @Test
    void should_give_back_every_type_and_shape() throws IOException {
        Map<String, NDArray> arrays = new LinkedHashMap<>();
        NDArray numbers = manager.create(new float[] {0, 1, 2, 100, 4, 5}, new Shape(2, 3));
        for (DataType type :
                new DataType[] {
                    DataType.FLOAT32,
                    DataType.FLOAT64,
                    DataType.FLOAT16,
                    DataType.INT64,
                    DataType.INT32,
                    DataType.INT8,
                    DataType.UINT8,
                    DataType.BOOLEAN
                }) {
            arrays.put("type/" + type, numbers.toType(type, true));
        }
        arrays.put("scalar", manager.create(3.5f));
        arrays.put("empty", manager.create(new Shape(0, 4)));
        arrays.put("special", manager.create(new float[] {Float.NaN, -0f, 1f / 0, 1e-45f}));

        Safetensors.write(file, arrays, Map.of("step", "5", "text", "\"ä\" \n"));
        Safetensors saved = Safetensors.read(file);

        assertThat(saved.getNames()).containsExactlyElementsOf(arrays.keySet());
        assertThat(saved.getMetadata())
                .containsEntry("text", "\"ä\" \n")
                .containsEntry("step", "5");
        arrays.forEach(
                (name, array) -> {
                    assertThat(saved.getShape(name)).isEqualTo(array.getShape());
                    assertThat(saved.getDataType(name)).isEqualTo(array.getDataType());
                    NDArray read = saved.get(manager, name);
                    assertThat(read.getManager()).isSameAs(manager);
                    assertThat(read.getShape()).isEqualTo(array.getShape());
                    if (array.size() > 0) {
                        assertThat(read.toByteArray()).as(name).isEqualTo(array.toByteArray());
                    }
                });
    }

    @Test
    void should_write_the_bytes_of_the_format() throws IOException {
        NDArray array = manager.create(new int[] {1, 258}, new Shape(1, 2));
        Safetensors.write(file, Map.of("a", array), Map.of("k", "v"));
        String json =
                "{\"__metadata__\":{\"k\":\"v\"},"
                        + "\"a\":{\"dtype\":\"I32\",\"shape\":[1,2],\"data_offsets\":[0,8]}}";
        byte[] bytes = Files.readAllBytes(file);
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int length = (int) buffer.getLong();
        assertThat(length % 8).isZero();
        assertThat(new String(bytes, 8, length, StandardCharsets.UTF_8).stripTrailing())
                .isEqualTo(json);
        assertThat(Arrays.copyOfRange(bytes, 8 + length, bytes.length))
                .containsExactly(1, 0, 0, 0, 2, 1, 0, 0);
    }

    @Test
    void should_write_what_is_not_contiguous_in_order_and_free_the_copy() throws IOException {
        NDArray array = manager.arange(6f).reshape(2, 3).transpose();
        int before = manager.getManagedArrays().size();
        Safetensors.write(file, Map.of("a", array), Map.of());
        assertThat(manager.getManagedArrays()).hasSize(before);
        assertThat(Safetensors.read(file).get(manager, "a").toFloatArray())
                .containsExactly(0, 3, 1, 4, 2, 5);
    }

    @Test
    void should_overwrite_a_longer_file() throws IOException {
        Files.write(file, new byte[10_000]);
        Safetensors.write(file, Map.of("a", manager.create(1f)), Map.of());
        assertThat(Safetensors.read(file).get(manager, "a").getFloat()).isEqualTo(1);
    }

    @Test
    void should_copy_in_place_and_keep_gradients_on() throws IOException {
        NDArray saved = manager.create(new float[] {1, 2, 3});
        Safetensors.write(file, Map.of("a", saved), Map.of());
        NDArray target = manager.zeros(new Shape(3));
        target.setRequiresGradient(true);
        NDArray alias = target.stopGradient();
        try (GradMode recording = GradMode.on()) {
            Safetensors.read(file).copyTo("a", target);
        }
        assertThat(target.toFloatArray()).containsExactly(1, 2, 3);
        assertThat(alias.toFloatArray()).containsExactly(1, 2, 3);
        assertThat(target.hasGradient()).isTrue();
    }

    @Test
    void should_write_arrays_that_require_gradients() throws IOException {
        NDArray weight = manager.create(new float[] {1, 2});
        weight.setRequiresGradient(true);
        try (GradMode recording = GradMode.on()) {
            Safetensors.write(file, Map.of("a", weight, "b", weight.mul(2)), Map.of());
        }
        Safetensors read = Safetensors.read(file);
        assertThat(read.get(manager, "b").toFloatArray()).containsExactly(2, 4);
    }

    @Test
    void should_read_what_python_wrote() throws IOException {
        String name = "/reference/losses.safetensors";
        try (InputStream stream = getClass().getResourceAsStream(name)) {
            Safetensors recorded = Safetensors.read(stream, name);
            assertThat(recorded.getNames()).isNotEmpty();
            for (String each : recorded.getNames()) {
                assertThat(recorded.get(manager, each).getShape())
                        .isEqualTo(recorded.getShape(each));
            }
        }
    }

    @Test
    void should_refuse_another_shape_or_type() throws IOException {
        Safetensors.write(file, Map.of("a", manager.zeros(new Shape(2, 3))), Map.of());
        Safetensors saved = Safetensors.read(file);
        assertThatThrownBy(() -> saved.copyTo("a", manager.zeros(new Shape(3, 2))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("(2, 3)")
                .hasMessageContaining("(3, 2)")
                .hasMessageContaining(file.toString());
        assertThatThrownBy(() -> saved.copyTo("a", manager.zeros(new Shape(2, 3), DataType.INT32)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("int32");
        assertThatThrownBy(() -> saved.getShape("b"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("no array \"b\"; it holds a.");
    }

    @Test
    void should_refuse_to_write_types_the_format_lacks() {
        NDArray complex = manager.create(new float[] {1, 2}).toType(DataType.COMPLEX64, true);
        assertThatThrownBy(() -> Safetensors.write(file, Map.of("a", complex), Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"a\"");
    }

    @Test
    void should_name_a_file_that_is_not_there() {
        assertThatThrownBy(() -> Safetensors.read(file))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("check its name");
    }

    @Test
    void should_refuse_a_file_cut_short_anywhere() throws IOException {
        Safetensors.write(file, Map.of("a", manager.zeros(new Shape(5))), Map.of("k", "v"));
        byte[] whole = Files.readAllBytes(file);
        for (int length = 0; length < whole.length; length++) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> Safetensors.read(file))
                    .as("%d bytes", length)
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining(file.toString())
                    .hasMessageContaining("Copy it again");
        }
        Files.write(file, Arrays.copyOf(whole, whole.length + 1));
        assertThatThrownBy(() -> Safetensors.read(file))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("20 bytes of data, but there are 21");
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, Long.MIN_VALUE, Long.MAX_VALUE, 100_000_001L, 1})
    void should_refuse_a_wrong_header_length(long length) throws IOException {
        Safetensors.write(file, Map.of("a", manager.zeros(new Shape(5))), Map.of());
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
        bytes.order(ByteOrder.LITTLE_ENDIAN).putLong(0, length);
        Files.write(file, bytes.array());
        assertThatThrownBy(() -> Safetensors.read(file))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(file.toString());
    }

    @Test
    void should_survive_any_flipped_byte_of_the_header() throws IOException {
        Safetensors.write(file, Map.of("a", manager.zeros(new Shape(5))), Map.of("k", "v"));
        byte[] whole = Files.readAllBytes(file);
        for (int i = 0; i < whole.length - 20; i++) {
            for (int bit = 0; bit < 8; bit++) {
                byte[] flipped = whole.clone();
                flipped[i] ^= (byte) (1 << bit);
                Files.write(file, flipped);
                try {
                    // Some flips give another valid file, with another name or metadata.
                    Safetensors read = Safetensors.read(file);
                    read.getNames().forEach(name -> read.get(manager, name).close());
                } catch (InvalidInputException expected) {
                    assertThat(expected).hasMessageContaining(file.toString());
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "garbage | not JSON",
                "[] | not a JSON object",
                "{} {} | not JSON",
                "{} | 0 bytes of data, but there are 8",
                "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]},"
                        + "'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}} | not JSON",
                "{'a':{'dtype':'F128','shape':[2],'data_offsets':[0,8]}} | \"F128\"",
                "{'a':{'shape':[2],'data_offsets':[0,8]}} | of type \"\"",
                "{'a':[]} | of type",
                "{'a':{'dtype':'F32','data_offsets':[0,8]}} | no list \"shape\"",
                "{'a':{'dtype':'F32','shape':[-2],'data_offsets':[0,8]}} | holds -2",
                "{'a':{'dtype':'F32','shape':[2.0],'data_offsets':[0,8]}} | holds 2.0",
                "{'a':{'dtype':'F32','shape':[99999999999999999999],'data_offsets':[0,8]}} | 9999",
                "{'a':{'dtype':'F32','shape':[2305843009213693954],'data_offsets':[0,8]}}"
                        + "| impossible",
                "{'a':{'dtype':'F32','shape':[3],'data_offsets':[0,8]}} | takes 12 bytes, but has 8",
                "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0]}} | place of the data",
                "{'a':{'dtype':'F32','shape':[2],'data_offsets':[8,0]}} | place of the data",
                "{'a':{'dtype':'F32','shape':[1],'data_offsets':[4,8]}} | begins at 4",
                "{'a':{'dtype':'F32','shape':[2],'data_offsets':[8,16]}} | begins at 8",
                "{'a':{'dtype':'F32','shape':[4],'data_offsets':[0,16]}} | tells of 16 bytes",
                "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]},"
                        + "'b':{'dtype':'F32','shape':[1],'data_offsets':[4,8]}} | \"b\" begins at 4",
                "{'__metadata__':{'k':1}} | \"k\" is not a text",
                "{'__metadata__':'k'} | 0 bytes of data",
            })
    void should_refuse_a_header_that_cannot_be(String header, String problem) throws IOException {
        byte[] json = header.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(8 + json.length + 8).order(ByteOrder.LITTLE_ENDIAN);
        Files.write(file, bytes.putLong(json.length).put(json).array());
        assertThatThrownBy(() -> Safetensors.read(file))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith(file.toString())
                .hasMessageContaining(problem);
    }

    @Test
    void should_notice_that_the_file_shrank_after_it_was_opened() throws IOException {
        Safetensors.write(file, Map.of("a", manager.zeros(new Shape(5))), Map.of());
        Safetensors read = Safetensors.read(file);
        Files.write(file, Arrays.copyOf(Files.readAllBytes(file), (int) Files.size(file) - 4));
        assertThatThrownBy(() -> read.get(manager, "a"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("cannot be read");
    }
}
