package io.github.gan4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line with the jar that the extension's own build has made. */
class ExtensionIT {

    private static final Path JAR = Path.of("target/it/extension/target/my-gan-1.0.jar");

    @TempDir static Path temp;
    private static Path run;

    private static Outcome plugged(List<String> args) {
        List<String> all = new ArrayList<>(List.of("--plugins", JAR.toString()));
        all.addAll(args);
        return InProcess.run(all);
    }

    private static List<String> train(Path folder, int steps) {
        return List.of(
                ("train plain-conv --loss squared-hinge --penalty jensen-shannon=2:interval=2"
                                + " --strategy optimistic --batch-size 8 --set units=16"
                                + " --set filters=4 --set threads=1 --set checkpointEvery=4"
                                + " --set logEvery=2 --set sampleEvery=4 --steps "
                                + steps
                                + " --out "
                                + folder)
                        .split(" "));
    }

    @BeforeAll
    static void trainHalf() {
        run = temp.resolve("run");
        plugged(train(run, 4)).done();
    }

    @Test
    void should_list_what_the_jar_holds() {
        assertThat(plugged(List.of("list")).done().out())
                .contains("plain-conv ", "squared-hinge ", "jensen-shannon ", "optimistic ");
        assertThat(InProcess.run("list").done().out()).doesNotContain("squared-hinge");
    }

    @Test
    void should_write_the_names_into_the_configuration() throws IOException {
        assertThat(Files.readString(run.resolve("config.yaml")))
                .contains("loss: squared-hinge")
                .contains("jensen-shannon:weight=2,interval=2")
                .contains("strategy: optimistic")
                .contains("plugins:", "my-gan-1.0.jar");
    }

    @Test
    void should_go_on_exactly_and_generate() throws IOException {
        Path whole = temp.resolve("whole");
        plugged(train(whole, 8)).done();
        Path parts = temp.resolve("parts");
        plugged(train(parts, 4)).done();
        plugged(SmallRun.resume(parts, 8)).done();
        RunFiles.assertSame(parts, whole);
        Path out = temp.resolve("x.npy");
        plugged(List.of("generate", parts.toString(), "--count", "3", "--out", out.toString()))
                .done();
        assertThat(out).isNotEmptyFile();
    }

    @Test
    void should_say_which_plugin_is_missing() {
        String jar = JAR.toAbsolutePath().toString();
        String out = temp.resolve("y.png").toString();
        for (List<String> command :
                List.of(
                        List.of("resume", run.toString(), "--steps", "8"),
                        List.of("generate", run.toString(), "--count", "1", "--out", out),
                        List.of("train", "--config", run.resolve("config.yaml").toString()))) {
            assertThat(InProcess.run(command).badInput())
                    .contains("There is no variant 'plain-conv'")
                    .endsWith(
                            "The run was trained with a plug-in that is not loaded; add --plugins "
                                    + jar
                                    + " before the command.");
        }
    }
}
