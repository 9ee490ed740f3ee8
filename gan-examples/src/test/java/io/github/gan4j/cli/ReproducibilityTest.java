package io.github.gan4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same input gives the same bytes, also when it is trained in two parts. */
class ReproducibilityTest {

    private static final int STEPS = 16;

    @TempDir static Path temp;

    @BeforeAll
    static void trainOnce() throws IOException {
        // So few images that an epoch ends within the run.
        SmallRun.writeImages(temp.resolve("images"), 10, 32);
        for (String variant : List.of("gan", "dcgan")) {
            OwnProcess.run(args(variant, temp.resolve(variant), STEPS)).done();
        }
    }

    private static List<String> args(String variant, Path folder, int steps, String... more) {
        return variant.equals("gan")
                ? SmallRun.gan(folder, steps, more)
                : SmallRun.dcgan(folder, steps, coloured(more));
    }

    private static String[] coloured(String... more) {
        String[] args = new String[more.length + 2];
        args[0] = "--dataset";
        args[1] = temp.resolve("images").toString();
        System.arraycopy(more, 0, args, 2, more.length);
        return args;
    }

    @ParameterizedTest
    @ValueSource(strings = {"gan", "dcgan"})
    void should_give_the_same_bytes_again(String variant, @TempDir Path folder) throws IOException {
        Path again = folder.resolve("again");
        InProcess.run(args(variant, again, STEPS)).done();
        RunFiles.assertSame(again, temp.resolve(variant));
        RunFiles.assertSameBytes(
                again.resolve("config.yaml"), temp.resolve(variant).resolve("config.yaml"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gan", "dcgan"})
    void should_give_the_same_bytes_in_two_parts(String variant, @TempDir Path folder)
            throws IOException {
        Path parts = folder.resolve("parts");
        InProcess.run(args(variant, parts, STEPS / 2)).done();
        OwnProcess.run(SmallRun.resume(parts, STEPS)).done();
        RunFiles.assertSame(parts, temp.resolve(variant));
        RunFiles.assertSameBytes(
                parts.resolve("config.yaml"), temp.resolve(variant).resolve("config.yaml"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gan", "dcgan"})
    void should_give_the_same_bytes_if_parts_end_between_checkpoints(
            String variant, @TempDir Path folder) throws IOException {
        Path parts = folder.resolve("parts");
        InProcess.run(args(variant, parts, 5)).done();
        InProcess.run(SmallRun.resume(parts, 11)).done();
        InProcess.run(SmallRun.resume(parts, STEPS)).done();
        Path whole = temp.resolve(variant);
        RunFiles.assertSameBytes(
                RunFiles.checkpoint(parts, STEPS), RunFiles.checkpoint(whole, STEPS));
        RunFiles.assertSameFiles(parts.resolve("generator"), whole.resolve("generator"));
        RunFiles.assertSameFiles(parts.resolve("samples"), whole.resolve("samples"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gan", "dcgan"})
    void should_give_the_same_bytes_from_the_configuration_alone(
            String variant, @TempDir Path folder) throws IOException {
        Path again = folder.resolve("again");
        Path config = folder.resolve("mine.yaml");
        Files.copy(temp.resolve(variant).resolve("config.yaml"), config);
        OwnProcess.run(List.of("train", "--config", config.toString()), "--out", again.toString())
                .done();
        RunFiles.assertSame(again, temp.resolve(variant));
        RunFiles.assertSameBytes(again.resolve("config.yaml"), config);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gan", "dcgan"})
    void should_give_other_bytes_for_another_seed(String variant, @TempDir Path folder)
            throws IOException {
        Path other = folder.resolve("other");
        InProcess.run(args(variant, other, STEPS, "--seed", "1")).done();
        for (String file : List.of("generator/generator-0000.params", "samples/step-000000.png")) {
            assertThat(Files.mismatch(other.resolve(file), temp.resolve(variant).resolve(file)))
                    .isNotEqualTo(-1);
        }
    }
}
