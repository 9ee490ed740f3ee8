package io.github.gan4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What docs/extending.md shows is what the extension is made of. */
class ExtendingTest {

    private static final Path PAGE = Path.of("../docs/extending.md");
    private static final Path EXTENSION = Path.of("extension");

    private static List<String> sources() throws IOException {
        List<String> sources = new ArrayList<>();
        try (Stream<Path> files = Files.walk(EXTENSION.resolve("src"))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
                sources.add(Files.readString(file));
            }
        }
        return sources;
    }

    @Test
    void should_show_the_code_of_the_extension() throws IOException {
        List<String> snippets =
                Pattern.compile("```java\n(.*?)```", Pattern.DOTALL)
                        .matcher(Files.readString(PAGE))
                        .results()
                        .map((MatchResult match) -> match.group(1))
                        .toList();
        assertThat(snippets).hasSizeGreaterThan(5);
        List<String> sources = sources();
        assertThat(snippets)
                .allSatisfy(
                        snippet ->
                                assertThat(sources)
                                        .as(snippet)
                                        .anyMatch(source -> source.contains(snippet)));
    }

    /** The promise of few lines; imports, comments and blank lines do not count. */
    @ParameterizedTest
    @CsvSource({"SquaredHingeLoss, 15", "OptimisticStrategy, 40"})
    void should_be_short(String name, int lines) throws IOException {
        Path file = EXTENSION.resolve("src/main/java/org/example/mygan/" + name + ".java");
        assertThat(Files.readAllLines(file))
                .filteredOn(line -> !line.isBlank() && !line.matches("(import|package| *[/*]).*"))
                .hasSizeLessThanOrEqualTo(lines);
    }
}
