package io.github.gan4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A training that is killed or interrupted loses nothing. */
class InterruptionTest {

    private static final int STEPS = 60;

    @TempDir Path temp;

    @Test
    void should_end_at_the_same_bytes_after_being_killed_at_any_moment() throws Exception {
        Path whole = temp.resolve("whole");
        Path killed = temp.resolve("killed");
        InProcess.run(SmallRun.dcgan(whole, STEPS)).done();

        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<BooleanSupplier> moments = new ArrayList<>();
        moments.add(() -> Files.exists(killed));
        moments.add(() -> Files.exists(killed.resolve("config.yaml")));
        moments.add(() -> RunFiles.names(killed).contains("generator.tmp"));
        for (int i = 0; i < 3; i++) {
            int lines = 1 + random.nextInt(STEPS / SmallRun.LOG_EVERY - 1);
            long nanos = random.nextInt(20_000_000);
            moments.add(
                    () -> {
                        boolean now = RunFiles.countMetrics(killed) >= lines;
                        long end = System.nanoTime() + nanos;
                        while (now && System.nanoTime() < end) {
                            Thread.onSpinWait();
                        }
                        return now;
                    });
        }
        moments.add(
                () ->
                        RunFiles.names(killed.resolve("checkpoints")).stream()
                                .anyMatch(name -> name.endsWith(".tmp")));
        moments.add(() -> Files.exists(RunFiles.checkpoint(killed, STEPS)));

        for (BooleanSupplier moment : moments) {
            try (OwnProcess process = new OwnProcess.Builder().start(next(killed))) {
                process.await(moment);
                Outcome outcome = process.kill();
                assertThat(outcome.err()).as("seed %d", seed).doesNotContain("gan4j: ");
            }
        }
        OwnProcess.run(next(killed)).done();
        // Killed between the last checkpoint and the deletion of the oldest, that one stays.
        RunFiles.assertSameResults(killed, whole);
    }

    /** Starts, where nothing was begun, or goes on. */
    private static List<String> next(Path run) {
        return Files.exists(run.resolve("config.yaml"))
                ? List.of("resume", run.toString())
                : SmallRun.dcgan(run, STEPS);
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void should_write_a_checkpoint_if_interrupted() throws Exception {
        assumeFalse(ignoresInterrupts(), "whoever started the tests has switched off SIGINT");
        int steps = 400;
        Path whole = temp.resolve("whole");
        Path interrupted = temp.resolve("interrupted");
        String[] rarely = {"--set", "checkpointEvery=1000", "--set", "sampleEvery=100"};
        InProcess.run(SmallRun.dcgan(whole, steps, rarely)).done();

        List<String> train = SmallRun.dcgan(interrupted, steps, rarely);
        Outcome outcome;
        try (OwnProcess process = new OwnProcess.Builder().start(train)) {
            process.await(() -> RunFiles.countMetrics(interrupted) >= 3);
            new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
            outcome = process.awaitEnd();
        }
        assertThat(outcome.status()).as("%s", outcome).isEqualTo(130);
        assertThat(outcome.err())
                .contains("Interrupted: writing a checkpoint ...")
                .containsPattern("Stopped at step \\d+; 'gan4j resume .*' goes on\\.")
                .doesNotContain("gan4j: ");
        String stopped = outcome.err().replaceAll("(?s).*Stopped at step (\\d+);.*", "$1");
        assertThat(Long.parseLong(stopped)).isBetween(6L, steps - 1L);
        assertThat(RunFiles.checkpoint(interrupted, Long.parseLong(stopped))).exists();

        OwnProcess.run(List.of("resume", interrupted.toString())).done();
        RunFiles.assertSameBytes(
                RunFiles.checkpoint(interrupted, steps), RunFiles.checkpoint(whole, steps));
        RunFiles.assertSameFiles(interrupted.resolve("generator"), whole.resolve("generator"));
        RunFiles.assertSameFiles(interrupted.resolve("samples"), whole.resolve("samples"));
    }

    /** A child of a process that ignores SIGINT ignores it too, and so does every JVM then. */
    private static boolean ignoresInterrupts() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return false;
        }
        for (String line : Files.readAllLines(status)) {
            if (line.startsWith("SigIgn:")) {
                return (Long.parseUnsignedLong(line.substring(7).strip(), 16) & 2) != 0;
            }
        }
        return false;
    }

    @Test
    void should_say_that_a_run_is_done() {
        Path run = temp.resolve("run");
        InProcess.run(SmallRun.gan(run, 4)).done();
        for (String[] more : new String[][] {{}, {"--steps", "3"}}) {
            Outcome outcome = InProcess.run(List.of("resume", run.toString()), more).done();
            assertThat(outcome.err())
                    .isEqualTo(
                            "The run has done 4 steps; give more with --steps or --epochs to go on."
                                    + System.lineSeparator());
        }
        assertThat(run.resolve("config.yaml")).content().contains("steps: 4");
    }
}
