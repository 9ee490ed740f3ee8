package io.github.gan4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What no test can see that runs on one machine. */
class SourcesTest {

    private static final Path ROOT = Path.of("..");

    /** DJL's default device is a GPU wherever there is one; where there is none nobody notices. */
    @Test
    void should_say_where_the_arrays_of_a_manager_lie() throws IOException {
        for (String module : List.of("gan-core", "gan-models", "gan-datasets", "gan-examples")) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src"))) {
                assertThat(files.filter(file -> file.toString().endsWith(".java")))
                        .filteredOn(file -> !file.endsWith("torch/Torch.java"))
                        .filteredOn(file -> !file.endsWith("examples/SourcesTest.java"))
                        .allSatisfy(
                                file -> assertThat(code(file)).doesNotContain("newBaseManager"));
            }
        }
    }

    private static String code(Path file) {
        try {
            return String.join(
                    "\n",
                    Files.readAllLines(file).stream()
                            .filter(line -> !line.strip().startsWith("*"))
                            .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
