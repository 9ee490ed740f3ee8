package io.github.gan4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;

class ReasonsTest {

    @Test
    void should_take_the_words_of_the_system() {
        assertThat(Reasons.of(new IOException("No space left on device\nand so on")))
                .isEqualTo("no space left on device");
        assertThat(Reasons.of(new FileSystemException("a", "b", "Disk quota exceeded.")))
                .isEqualTo("disk quota exceeded");
        assertThat(Reasons.of(new IOException("JPEG data is broken")))
                .isEqualTo("JPEG data is broken");
    }

    @Test
    void should_take_the_innermost_exception() {
        IOException inner = new IOException("File too large");
        assertThat(Reasons.of(new IOException("I/O error writing PNG file!", inner)))
                .isEqualTo("file too large");
    }

    @Test
    void should_take_the_name_of_the_exception_where_it_says_all() {
        assertThat(Reasons.of(new AccessDeniedException("/x"))).isEqualTo("access denied");
        assertThat(Reasons.of(new NoSuchFileException("/x"))).isEqualTo("no such file");
        assertThat(Reasons.of(new UnknownHostException("example.org")))
                .isEqualTo("unknown host: example.org");
        assertThat(Reasons.of(new IOException())).isEqualTo("an error of input or output");
    }
}
