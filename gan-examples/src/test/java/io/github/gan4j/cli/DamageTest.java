package io.github.gan4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Damaged and altered files are refused in one line, and what can be saved is. */
class DamageTest {

    private static final int HALF = 8;
    private static final int STEPS = 16;

    @TempDir static Path shared;
    @TempDir Path temp;
    private Path run;

    @BeforeAll
    static void train() {
        InProcess.run(SmallRun.gan(shared.resolve("half"), HALF)).done();
        InProcess.run(SmallRun.gan(shared.resolve("whole"), STEPS)).done();
    }

    @BeforeEach
    void copy() throws IOException {
        run = copyOf(shared.resolve("half"), temp.resolve("run"));
    }

    private static Path copyOf(Path from, Path to) throws IOException {
        try (var files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file)));
            }
        }
        return to;
    }

    private Outcome resume() {
        return InProcess.run(SmallRun.resume(run, STEPS));
    }

    private void assertEndsAsIfNothingHadHappened() throws IOException {
        resume().done();
        RunFiles.assertSame(run, shared.resolve("whole"));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.0001, 0.01, 0.3, 0.9, 0.99999})
    void should_fail_if_a_bit_of_the_checkpoint_has_flipped(double where) throws IOException {
        Path file = RunFiles.checkpoint(run, HALF);
        byte[] bytes = Files.readAllBytes(file);
        bytes[(int) (where * bytes.length)] ^= 4;
        Files.write(file, bytes);
        assertDamageIsTold(file);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.00005, 0.5, 0.99999})
    void should_fail_if_the_checkpoint_is_truncated(double where) throws IOException {
        Path file = RunFiles.checkpoint(run, HALF);
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, (int) (where * bytes.length)));
        assertDamageIsTold(file);
    }

    private void assertDamageIsTold(Path file) throws IOException {
        assertThat(resume().badInput())
                .contains("The checkpoint '" + file + "' is damaged: ")
                .contains("Delete it, and resume goes on from step 4")
                .contains(RunFiles.checkpoint(run, 4).toString());
        Files.delete(file);
        assertEndsAsIfNothingHadHappened();
    }

    @Test
    void should_fail_if_no_checkpoint_is_whole() throws IOException {
        for (int step : new int[] {4, HALF}) {
            Files.writeString(RunFiles.checkpoint(run, step), "junk");
        }
        assertThat(resume().badInput()).contains("No earlier one is whole; train anew");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "latentSize: 100 | latentSize: 50 | settings.latentSize is 50 and was 100",
                "beta1: 0.5      | beta1: 0.9     | settings.beta1 is 0.9 and was 0.5",
                "seed: 0         | seed: 7        | seed is 7 and was 0",
                "batchSize: 8    | batchSize: 16  | batchSize is 16 and was 8",
                "size: null      | size: 32       | dataset.size is 32 and was null",
                "strict: false   | strict: true   | dataset.strict is true and was false",
            })
    void should_fail_if_the_configuration_was_altered(String from, String to, String difference)
            throws IOException {
        Path config = run.resolve("config.yaml");
        String text = Files.readString(config);
        assertThat(text).contains(from);
        Files.writeString(config, text.replace(from, to));
        assertThat(resume().badInput())
                .contains("'" + config + "' has been changed since the checkpoint was written: ")
                .contains(difference)
                .contains("Undo that, or train anew.");
        Files.writeString(config, text);
        assertEndsAsIfNothingHadHappened();
    }

    @Test
    void should_fail_if_the_variant_was_altered() throws IOException {
        Path config = run.resolve("config.yaml");
        Files.writeString(config, "variant: dcgan\n");
        assertThat(resume().badInput()).contains("variant is dcgan and was gan");
    }

    @Test
    void should_fail_if_the_configuration_is_garbage() throws IOException {
        Files.writeString(run.resolve("config.yaml"), "variant: [gan\n");
        assertThat(resume().badInput()).contains("is not valid YAML, line 2: expected");
    }

    @Test
    void should_pass_over_what_a_killed_process_left() throws IOException {
        Files.writeString(run.resolve("config.yaml.tmp"), "varia");
        Files.writeString(
                run.resolve("checkpoints/step-00000012.safetensors.tmp"), "half a checkpoint");
        Files.writeString(run.resolve("samples/step-000012.png.tmp"), "half a picture");
        Files.writeString(run.resolve("samples/progress.gif.tmp"), "half an animation");
        Files.writeString(run.resolve("losses.png.tmp"), "half a plot");
        Files.createDirectories(run.resolve("generator.tmp"));
        Files.writeString(run.resolve("generator.tmp/generator-0000.params"), "half the weights");
        Files.writeString(run.resolve("samples/step-000012.png"), "of a step that was lost");
        Files.writeString(
                run.resolve("metrics.jsonl"),
                "{\"step\":10,\"epoch\":0}\n{\"step\":12,\"epo",
                StandardOpenOption.APPEND);
        assertEndsAsIfNothingHadHappened();
    }

    @Test
    void should_start_anew_where_a_process_was_killed_at_its_very_start() throws IOException {
        Path started = Files.createDirectories(temp.resolve("started"));
        Files.writeString(started.resolve("config.yaml.tmp"), "varia");
        InProcess.run(SmallRun.gan(started, STEPS)).done();
        RunFiles.assertSame(started, shared.resolve("whole"));
    }

    @Test
    void should_go_on_from_a_run_that_was_killed_before_its_first_checkpoint() throws IOException {
        for (String folder : List.of("checkpoints", "generator", "samples")) {
            for (String name : RunFiles.names(run.resolve(folder))) {
                Files.delete(run.resolve(folder).resolve(name));
            }
            Files.delete(run.resolve(folder));
        }
        assertEndsAsIfNothingHadHappened();
    }

    @ParameterizedTest
    @ValueSource(strings = {"truncated", "junk", "a bit", "missing", "of another network"})
    void should_fail_if_the_generator_is_damaged(String kind) throws IOException {
        Path weights = run.resolve("generator/generator-0000.params");
        switch (kind) {
            case "truncated" ->
                    Files.write(weights, Arrays.copyOf(Files.readAllBytes(weights), 20_000));
            case "a bit" -> {
                byte[] bytes = Files.readAllBytes(weights);
                bytes[bytes.length / 2] ^= 1;
                Files.write(weights, bytes);
            }
            case "junk" -> Files.writeString(weights, "junk");
            case "missing" -> Files.delete(weights);
            default -> {
                Path description = run.resolve("generator/generator.yaml");
                String text = Files.readString(description);
                Files.writeString(description, text.replace("latentSize: 100", "latentSize: 50"));
            }
        }
        Path out = temp.resolve("out/x.png");
        List<String> generate =
                List.of("generate", run.toString(), "--count", "1", "--out", out.toString());
        assertThat(InProcess.run(generate).badInput())
                .contains("The generator in '" + run.resolve("generator") + "' is damaged: ")
                .contains("generator-0000.params")
                .contains("'gan4j resume " + run + "' writes it again");
        assertThat(out.getParent()).doesNotExist();

        InProcess.run("resume", run.toString()).done();
        RunFiles.assertSameFiles(
                run.resolve("generator"), shared.resolve("half").resolve("generator"));
        InProcess.run(generate).done();
    }

    @Test
    void should_fail_if_the_pictures_have_changed_since() throws IOException {
        Path photos = SmallRun.writeImages(temp.resolve("photos"), 12, 28);
        String[] data = {"--dataset", photos.toString()};
        Path half = temp.resolve("photo-half");
        InProcess.run(SmallRun.gan(half, HALF, data)).done();
        InProcess.run(SmallRun.gan(temp.resolve("photo-whole"), STEPS, data)).done();
        List<String> names = RunFiles.names(photos).stream().toList();
        byte[] first = Files.readAllBytes(photos.resolve(names.get(0)));
        byte[] second = Files.readAllBytes(photos.resolve(names.get(1)));

        Files.write(photos.resolve(names.get(0)), second);
        Files.move(photos.resolve(names.get(1)), photos.resolve("other.png"));
        assertThat(InProcess.run(SmallRun.resume(half, STEPS)).badInput())
                .contains(
                        "The data set 'photos' has changed since '"
                                + RunFiles.checkpoint(half, HALF))
                .contains(
                        "%s is gone; other.png is new; %s is altered."
                                .formatted(names.get(1), names.get(0)))
                .contains("Undo that, or train anew.");

        // Undone, at another time: what counts is what is to be seen.
        Files.write(photos.resolve(names.get(0)), first);
        Files.move(photos.resolve("other.png"), photos.resolve(names.get(1)));
        InProcess.run(SmallRun.resume(half, STEPS)).done();
        RunFiles.assertSame(half, temp.resolve("photo-whole"));
    }

    @Test
    void should_keep_the_older_checkpoint_if_the_newer_cannot_be_written() throws Exception {
        assumeTrue(Files.exists(Path.of("/bin/bash")), "needs bash");
        Path large = temp.resolve("large");
        String[] settings = {"--set", "generatorUnits=200", "--set", "discriminatorUnits=300"};
        InProcess.run(SmallRun.gan(large, HALF, settings)).done();
        long blocks = Files.size(RunFiles.checkpoint(large, HALF)) / 1024;
        String failure =
                new OwnProcess.Builder()
                        .limitFiles((int) blocks - 10)
                        .option("-XX:-UsePerfData")
                        .run(SmallRun.resume(large, STEPS))
                        .failure();
        assertThat(failure)
                .contains("The checkpoint of step 12 could not be written to")
                .contains("file too large")
                .contains("The checkpoint of step 8 is still there")
                .endsWith("and resume.");
        assertThat(RunFiles.names(large.resolve("checkpoints")))
                .containsExactly("step-00000004.safetensors", "step-00000008.safetensors");

        InProcess.run(SmallRun.resume(large, STEPS)).done();
        Path whole = temp.resolve("whole");
        InProcess.run(SmallRun.gan(whole, STEPS, settings)).done();
        RunFiles.assertSame(large, whole);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x.npy", "x.png", "x.gif"})
    void should_leave_nothing_if_samples_cannot_be_written(String name) {
        assumeTrue(Files.exists(Path.of("/bin/bash")), "needs bash");
        Path out = temp.resolve("out").resolve(name);
        List<String> draw =
                name.endsWith("gif")
                        ? List.of("interpolate", run.toString())
                        : List.of("generate", run.toString(), "--count", "100");
        String failure =
                new OwnProcess.Builder()
                        .limitFiles(1)
                        .option("-XX:-UsePerfData")
                        .run(draw, "--out", out.toString())
                        .failure();
        assertThat(failure).isEqualTo("gan4j: '" + out + "' could not be written: file too large.");
        assertThat(RunFiles.names(out.getParent())).isEmpty();
    }

    @Test
    void should_stop_if_the_loss_is_not_finite() {
        Path diverged = temp.resolve("diverged");
        String failure =
                InProcess.run(
                                SmallRun.gan(
                                        diverged,
                                        20,
                                        "--set",
                                        "generatorLearningRate=1e30",
                                        "--set",
                                        "movingAverage=0",
                                        "--set",
                                        "checkpointEvery=1"))
                        .failure();
        Path good = RunFiles.checkpoint(diverged, 1);
        assertThat(failure)
                .contains("discriminator/loss became NaN in step 2.")
                .contains("Lower the learning rates")
                .endsWith("The last good checkpoint is " + good + ".");
        assertThat(good).exists();
    }

    @Test
    void should_stop_if_the_loss_is_not_finite_before_the_first_checkpoint() {
        String failure =
                InProcess.run(
                                SmallRun.gan(
                                        temp.resolve("diverged"),
                                        20,
                                        "--set",
                                        "discriminatorLearningRate=1e30"))
                        .failure();
        assertThat(failure)
                .contains("generator/loss became ")
                .endsWith("No checkpoint had been written yet.");
    }
}
