package io.github.gan4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads run folders and compares them. */
final class RunFiles {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** What no run repeats. */
    private static final List<String> MEASURED =
            List.of("steps per second", "samples per second", "resident bytes", "heap bytes");

    private RunFiles() {}

    static Path checkpoint(Path run, long step) {
        return run.resolve("checkpoints").resolve("step-%08d.safetensors".formatted(step));
    }

    /** Lists the names in a folder, in order; none if there is no folder. */
    static Set<String> names(Path folder) {
        if (!Files.isDirectory(folder)) {
            return Set.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads the lines of metrics.jsonl; each must be JSON. */
    static List<JsonNode> metrics(Path run) throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : Files.readAllLines(run.resolve("metrics.jsonl"))) {
            lines.add(JSON.readTree(line));
        }
        return lines;
    }

    /** Counts the whole lines of metrics.jsonl while another process writes it. */
    static long countMetrics(Path run) {
        Path file = run.resolve("metrics.jsonl");
        try {
            return Files.exists(file)
                    ? Files.readString(file).chars().filter(c -> c == '\n').count()
                    : 0;
        } catch (IOException e) {
            return 0;
        }
    }

    /** Fails unless two runs have ended at the same bytes in all that is not measured time. */
    static void assertSame(Path actual, Path expected) throws IOException {
        assertSameFiles(actual.resolve("checkpoints"), expected.resolve("checkpoints"));
        assertSameResults(actual, expected);
    }

    /** The same, but an old checkpoint more may be left. */
    static void assertSameResults(Path actual, Path expected) throws IOException {
        for (String folder : names(expected)) {
            if (folder.startsWith("generator") || folder.equals("samples")) {
                assertSameFiles(actual.resolve(folder), expected.resolve(folder));
            }
        }
        String last = "checkpoints/" + last(expected.resolve("checkpoints"));
        assertSameBytes(actual.resolve(last), expected.resolve(last));
        assertThat(names(actual.resolve("checkpoints")))
                .containsAll(names(expected.resolve("checkpoints")));
        assertThat(repeatable(actual)).isEqualTo(repeatable(expected));
        assertThat(names(actual)).isEqualTo(names(expected));
    }

    static void assertSameFiles(Path actual, Path expected) throws IOException {
        assertThat(names(actual)).isNotEmpty().isEqualTo(names(expected));
        for (String name : names(expected)) {
            // The configuration within an earlier checkpoint tells how long training was to be.
            if (!name.endsWith(".safetensors") || name.equals(last(expected))) {
                assertSameBytes(actual.resolve(name), expected.resolve(name));
            }
        }
    }

    static void assertSameBytes(Path actual, Path expected) throws IOException {
        assertThat(Files.mismatch(actual, expected))
                .as("%s and %s", actual, expected)
                .isEqualTo(-1);
    }

    private static String last(Path folder) {
        return ((TreeSet<String>) names(folder)).last();
    }

    private static List<JsonNode> repeatable(Path run) throws IOException {
        List<JsonNode> lines = metrics(run);
        lines.forEach(line -> ((ObjectNode) line).remove(MEASURED));
        return lines;
    }
}
