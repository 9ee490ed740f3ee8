package io.github.gan4j.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;

class PictureArchiveTest {

    private static final PictureArchive.Part PART =
            new PictureArchive.Part(
                    List.of("one", "zwölf"), new IdxFile(new byte[] {1, 2, 3, 4}, 2, 1, 1, 2));

    @Test
    void should_read_what_it_wrote() throws IOException {
        byte[] bytes = bytes();
        PictureArchive.Part part =
                PictureArchive.read(new ByteArrayInputStream(bytes)).getPart("trainA");
        assertThat(part.names()).containsExactly("one", "zwölf");
        assertThat(part.pictures().getShape()).containsExactly(2, 1, 1, 2);
        assertThat(part.pictures().getData()).containsExactly(1, 2, 3, 4);
    }

    @Test
    void should_write_the_same_bytes_anywhere_at_any_time() throws IOException {
        byte[] bytes = bytes();
        TimeZone before = TimeZone.getDefault();
        try {
            TimeZone.setDefault(TimeZone.getTimeZone("Asia/Tokyo"));
            assertThat(bytes()).isEqualTo(bytes);
        } finally {
            TimeZone.setDefault(before);
        }
    }

    @Test
    void should_fail_if_a_part_is_missing() throws IOException {
        PictureArchive archive = PictureArchive.read(new ByteArrayInputStream(bytes()));
        assertThatThrownBy(() -> archive.getPart("trainB"))
                .isInstanceOf(IOException.class)
                .hasMessage("The archive has no part 'trainB'.");
    }

    @Test
    void should_fail_if_names_and_pictures_disagree() {
        assertThatThrownBy(() -> new PictureArchive.Part(List.of("one"), PART.pictures()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("1 names, but pictures of shape [2, 1, 1, 2].");
    }

    private static byte[] bytes() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new PictureArchive(Map.of("trainA", PART)).write(out);
        return out.toByteArray();
    }
}
