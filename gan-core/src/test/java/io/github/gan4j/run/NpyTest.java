package io.github.gan4j.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.github.gan4j.InvalidInputException;
import io.github.gan4j.torch.Torch;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NpyTest {

    @TempDir Path folder;
    private NDManager manager;
    private Path file;

    @BeforeEach
    void setUp() {
        manager = Torch.newManager();
        file = folder.resolve("samples.npy");
    }

    @AfterEach
    void tearDown() {
        manager.close();
    }

    @Test
    void should_write_colour_batch_by_batch_and_read_it() throws IOException {
        NDArray samples = manager.arange(5 * 3 * 2 * 2f).div(30).sub(1).reshape(5, 3, 2, 2);
        try (NpyWriter writer = new NpyWriter(file, 5, new Shape(3, 2, 2))) {
            writer.write(samples.get("0:3"));
            writer.write(samples.get("3:5"));
            assertThat(file).doesNotExist();
        }
        assertThat(folder.toFile().list()).containsExactly("samples.npy");
        assertThat(Files.size(file)).isEqualTo(128 + 60);
        byte[] expected = ImageGrid.toBytes(samples);
        try (NpyReader reader = new NpyReader(file)) {
            assertThat(reader.getShape()).isEqualTo(new Shape(5, 2, 2, 3));
            assertThat(reader.getDataType()).isEqualTo(DataType.UINT8);
            assertThat(reader.read(manager).toByteArray()).isEqualTo(expected);
            NDArray part = reader.read(manager, 1, 3);
            assertThat(part.getShape()).isEqualTo(new Shape(2, 2, 2, 3));
            assertThat(part.toByteArray()).isEqualTo(Arrays.copyOfRange(expected, 12, 36));
            assertThat(reader.read(manager, 5, 5).getShape()).isEqualTo(new Shape(0, 2, 2, 3));
            assertThatThrownBy(() -> reader.read(manager, 1, 6))
                    .isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    @Test
    void should_write_the_bytes_of_the_format_for_grey() throws IOException {
        try (NpyWriter writer = new NpyWriter(file, 1, new Shape(1, 1, 2))) {
            writer.write(manager.create(new float[] {-1, 1}, new Shape(1, 1, 1, 2)));
        }
        byte[] bytes = Files.readAllBytes(file);
        assertThat(bytes).startsWith(0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, 118, 0);
        assertThat(new String(bytes, 10, 118, StandardCharsets.US_ASCII))
                .startsWith("{'descr': '|u1', 'fortran_order': False, 'shape': (1, 1, 2), }  ")
                .endsWith(" \n");
        assertThat(Arrays.copyOfRange(bytes, 128, bytes.length)).containsExactly(0, (byte) 255);
    }

    @Test
    void should_write_vectors_as_they_are() throws IOException {
        float[] values = {1.5f, -2, 300, Float.NaN, 1e-30f, 0};
        NDArray samples = manager.create(values, new Shape(3, 2));
        try (NpyWriter writer = new NpyWriter(file, 3, new Shape(2))) {
            writer.write(samples.get("0:1"));
            assertThatThrownBy(() -> writer.write(manager.zeros(new Shape(1, 3))))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("Samples of shape (2) were announced, not (1, 3).");
            writer.write(samples.get("1:3"));
        }
        byte[] bytes = Files.readAllBytes(file);
        assertThat(new String(bytes, 10, 118, StandardCharsets.US_ASCII))
                .startsWith("{'descr': '<f4', 'fortran_order': False, 'shape': (3, 2), }  ");
        assertThat(Arrays.copyOfRange(bytes, 128, 132)).containsExactly(0, 0, (byte) 0xC0, 0x3F);
        try (NpyReader reader = new NpyReader(file)) {
            assertThat(reader.getShape()).isEqualTo(new Shape(3, 2));
            assertThat(reader.read(manager).toFloatArray()).containsExactly(values);
        }
    }

    @Test
    void should_leave_no_file_unless_all_was_written() throws IOException {
        NDArray samples = manager.zeros(new Shape(2, 1, 2, 2));
        try (NpyWriter writer = new NpyWriter(file, 3, new Shape(1, 2, 2))) {
            writer.write(samples);
            assertThatThrownBy(() -> writer.write(samples))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("3 samples were announced, not 4.");
            assertThatThrownBy(() -> writer.write(manager.zeros(new Shape(1, 1, 2, 3))))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("(1, 2, 2)");
        }
        assertThat(folder.toFile().list()).isEmpty();
        assertThatThrownBy(() -> new NpyWriter(file, 3, new Shape(2, 3)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("Samples of shape (2, 3) are neither pictures");
        assertThat(folder.toFile().list()).isEmpty();
    }

    @Test
    void should_read_floats_of_python() throws IOException {
        ByteBuffer data = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
        data.putFloat(1.5f).putFloat(-2);
        write("{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }", data.array());
        try (NpyReader reader = new NpyReader(file)) {
            assertThat(reader.getShape()).isEqualTo(new Shape(2));
            assertThat(reader.read(manager).toFloatArray()).containsExactly(1.5f, -2);
        }
    }

    private void write(String header, byte[] data) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(10 + header.length() + data.length);
        bytes.order(ByteOrder.LITTLE_ENDIAN).put(NpyWriter.MAGIC).put((byte) 1).put((byte) 0);
        bytes.putShort((short) header.length());
        bytes.put(header.getBytes(StandardCharsets.US_ASCII)).put(data);
        Files.write(file, bytes.array());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '"',
            value = {
                "{'descr': '<f8', 'fortran_order': False, 'shape': (2,), }; type '<f8'",
                "{'descr': '<f4', 'fortran_order': True, 'shape': (2,), }; Fortran order",
                "{'descr': '<f4', 'fortran_order': False, }; incomplete",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (3,), }; 12 bytes of data and has 8",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (2 2,), }; its shape is",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (9223372036854775807,), }; header",
                "garbage; incomplete"
            })
    void should_refuse_headers_that_cannot_be(String header, String problem) throws IOException {
        write(header, new byte[8]);
        assertThatThrownBy(() -> new NpyReader(file))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining(problem);
    }

    @Test
    void should_refuse_a_file_cut_short_anywhere_and_one_not_there() throws IOException {
        write("{'descr': '|u1', 'fortran_order': False, 'shape': (8,), }", new byte[8]);
        byte[] whole = Files.readAllBytes(file);
        for (int length = 0; length < whole.length; length++) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> new NpyReader(file))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining(file.toString());
        }
        Files.delete(file);
        assertThatThrownBy(() -> new NpyReader(file))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("check its name");
    }
}
