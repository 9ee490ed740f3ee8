package io.github.gan4j.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ElapsedTest {

    @TempDir private Path temp;

    @Test
    void should_never_be_written_by_half() throws IOException {
        Path file = temp.resolve("seconds.txt");
        new Elapsed(3, 2).write(file);
        // What another process would read that opened it before.
        Path opened = Files.createLink(temp.resolve("opened"), file);
        new Elapsed(30, 20.5).write(file);
        assertThat(Elapsed.read(opened)).isEqualTo(new Elapsed(3, 2));
        assertThat(Elapsed.read(file)).isEqualTo(new Elapsed(30, 20.5));
        assertThat(temp).isDirectoryNotContaining("glob:**.tmp");
    }
}
