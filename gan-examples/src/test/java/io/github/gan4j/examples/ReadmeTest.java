package io.github.gan4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README shows is what is compiled and run. */
class ReadmeTest {

    private static final Path ROOT = Path.of("..");
    private static final String SOURCE =
            "gan-examples/src/main/java/io/github/gan4j/examples/QuickStart.java";

    @Test
    void should_show_the_quick_start_that_compiles() throws IOException {
        List<String> source = Files.readAllLines(ROOT.resolve(SOURCE));
        int start = indexOf(source, "// README: quick start");
        int end = indexOf(source, "// README: end");
        String snippet = String.join("\n", source.subList(start + 1, end)).stripIndent().strip();

        assertThat(snippet.lines().count()).isLessThanOrEqualTo(20);
        assertThat(Files.readString(ROOT.resolve("README.md"))).contains(snippet);
    }

    @Test
    void should_run_the_quick_start(@TempDir Path folder) throws IOException {
        QuickStart.train(1, folder);

        assertThat(folder.resolve("step-000000.png")).isNotEmptyFile();
    }

    @Test
    void should_name_only_files_that_exist() throws IOException {
        for (String page : List.of("README.md", "docs/architecture.md", "docs/extending.md")) {
            Matcher links =
                    Pattern.compile("\\]\\((?!https?:)([^)#]+)\\)")
                            .matcher(Files.readString(ROOT.resolve(page)));
            Path folder = ROOT.resolve(page).getParent();
            assertThat(links.results().map(link -> folder.resolve(link.group(1))))
                    .allSatisfy(file -> assertThat(file).exists());
        }
    }

    private static int indexOf(List<String> lines, String marker) {
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).strip().equals(marker)) {
                return i;
            }
        }
        throw new AssertionError("The marker is gone: " + marker);
    }
}
