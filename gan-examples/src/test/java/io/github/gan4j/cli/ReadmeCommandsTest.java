package io.github.gan4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** Every command that the pages show is one that the command line takes. */
class ReadmeCommandsTest {

    private static final String PROMPT = "./gan4j ";

    @Test
    void should_take_every_command_that_is_shown() throws IOException {
        for (String page :
                List.of(
                        "../README.md",
                        "../docs/augmentation.md",
                        "../docs/gpu.md",
                        "../docs/evaluation.md",
                        "../docs/latents.md",
                        "../docs/performance.md",
                        "../docs/translation.md",
                        "../docs/extending.md")) {
            List<String> commands =
                    Files.readAllLines(Path.of(page)).stream()
                            .filter(line -> line.contains(PROMPT) && !line.contains("`"))
                            .filter(line -> !line.contains("!["))
                            .map(line -> line.substring(line.indexOf(PROMPT) + PROMPT.length()))
                            .map(line -> line.replaceAll("#.*|'", "").strip())
                            .toList();
            assertThat(commands).isNotEmpty();
            assertThat(Files.readString(Path.of(page)))
                    .as("lists in quotes, or zsh looks for files of that name")
                    .doesNotContainPattern("--set [^' ]*\\[");
            for (String command : commands) {
                assertThatCode(() -> Main.commandLine().parseArgs(command.split(" +")))
                        .as(command)
                        .doesNotThrowAnyException();
            }
        }
    }

    @Test
    void should_show_help_of_every_command() {
        for (CommandLine command : Main.commandLine().getSubcommands().values()) {
            assertThat(command.getUsageMessage()).contains("Usage: gan4j ");
        }
    }
}
