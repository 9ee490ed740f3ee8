package io.github.gan4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DryRunTest {

    @TempDir Path temp;

    @Test
    void should_say_what_a_training_would_be_and_write_nothing() {
        Outcome outcome =
                new OwnProcess.Builder()
                        .directory(temp)
                        .run(
                                List.of("train", "dcgan", "--dry-run", "--batch-size", "4"),
                                "--set",
                                "generatorFilters=4",
                                "--set",
                                "discriminatorFilters=4",
                                "--steps",
                                "2500")
                        .done();
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out())
                .contains("dcgan on digits: 10,000 samples of (1, 28, 28), batch 4, 2,500 steps")
                .containsPattern("generator +input +\\(32\\)")
                .containsPattern("ConvTranspose +\\(16, 4, 4\\) +8,192")
                .containsPattern("BatchNorm +\\(16, 4, 4\\) +32")
                .containsPattern("tanh +\\(1, 28, 28\\)")
                .containsPattern("discriminator +input +\\(1, 28, 28\\)")
                .containsPattern("Conv +\\(4, 14, 14\\) +64")
                .containsPattern("parameters +[\\d,]+")
                .containsPattern(
                        "About [\\d.]+ ms a step, .* of \\d{2,} steps .*: \\d+:\\d\\d in all\\.")
                .contains("Nothing was trained, nothing was written.");
        assertThat(RunFiles.names(temp)).isEmpty();
    }

    @Test
    void should_fail_in_one_line_if_the_rehearsal_diverges() {
        Path out = temp.resolve("run");
        assertThat(
                        InProcess.run(
                                        SmallRun.gan(
                                                out,
                                                9,
                                                "--dry-run",
                                                "--set",
                                                "discriminatorLearningRate=1e30"))
                                .failure())
                .contains("Training diverged");
        assertThat(out).doesNotExist();
    }
}
