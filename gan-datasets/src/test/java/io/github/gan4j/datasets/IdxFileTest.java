package io.github.gan4j.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class IdxFileTest {

    private static final byte[] FILE = {0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 1, 7, (byte) 200};

    @Test
    void should_write_what_it_reads() throws IOException {
        IdxFile file = IdxFile.read(new ByteArrayInputStream(FILE));
        assertThat(file.getShape()).containsExactly(2, 1);
        assertThat(file.getData()).containsExactly(7, (byte) 200);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        file.write(out);
        assertThat(out.toByteArray()).isEqualTo(FILE);
    }

    @Test
    void should_fail_if_truncated() {
        assertThatThrownBy(() -> read(Arrays.copyOf(FILE, 13)))
                .isInstanceOf(IOException.class)
                .hasMessage("Truncated idx file: 1 of 2 bytes.");
    }

    @Test
    void should_fail_if_it_is_something_else() {
        assertThatThrownBy(() -> read("<html>".getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                .isInstanceOf(IOException.class)
                .hasMessage("Not an idx file of unsigned bytes: it begins with 3c68746d.");
    }

    @Test
    void should_fail_if_it_claims_too_much() {
        assertThatThrownBy(() -> read(new byte[] {0, 0, 8, 2, 127, 0, 0, 0, 0, 0, 127, 127}))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("Damaged idx file");
    }

    @Test
    void should_fail_if_it_claims_more_than_can_be_counted() {
        // Four axes of 2^16: their product is 2^64, which a long counts as 0.
        byte[] claim = {0, 0, 8, 4, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0};
        assertThatThrownBy(() -> read(claim))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("Damaged idx file");
    }

    @Test
    void should_fail_if_axes_and_data_disagree() {
        assertThatThrownBy(() -> new IdxFile(new byte[3], 2, 2))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static IdxFile read(byte[] bytes) throws IOException {
        return IdxFile.read(new ByteArrayInputStream(bytes));
    }
}
