package io.github.gan4j.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.gan4j.GanTrainer;
import io.github.gan4j.InvalidInputException;
import io.github.gan4j.StepReport;
import io.github.gan4j.TrainingListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunTest {

    @TempDir Path temp;

    private static RunConfig config(Object... namesAndValues) {
        RunConfig config = RunConfig.defaults(Variants.find("toy"), 1);
        config = config.with(Map.of("checkpointEvery", 2, "sampleEvery", 3, "logEvery", 1));
        for (int i = 0; i < namesAndValues.length; i += 2) {
            config = config.withValue((String) namesAndValues[i], "" + namesAndValues[i + 1]);
        }
        return config;
    }

    private Path train(String name, RunConfig config) {
        Path folder = temp.resolve(name);
        try (Run run = Run.create(config, folder)) {
            run.train();
        }
        return folder;
    }

    private static void resume(Path folder, Map<String, ?> changes) {
        try (Run run = Run.resume(folder, changes)) {
            run.train();
        }
    }

    private static void assertSame(Path actual, Path expected, String... files) throws IOException {
        for (String file : files) {
            assertThat(Files.mismatch(actual.resolve(file), expected.resolve(file)))
                    .as(file)
                    .isEqualTo(-1);
        }
    }

    @Test
    void should_keep_everything_in_its_folder() throws IOException {
        Path folder = train("run", config());
        try (Stream<Path> files = Files.walk(folder)) {
            assertThat(files.filter(Files::isRegularFile).map(f -> folder.relativize(f).toString()))
                    .map(name -> name.replace('\\', '/'))
                    .containsExactlyInAnyOrder(
                            "config.yaml",
                            "metrics.jsonl",
                            "losses.png",
                            "samples/step-000000.png",
                            "samples/step-000003.png",
                            "samples/step-000006.png",
                            "samples/progress.gif",
                            "checkpoints/step-00000002.safetensors",
                            "checkpoints/step-00000004.safetensors",
                            "checkpoints/step-00000006.safetensors",
                            "generator/generator.yaml",
                            "generator/generator-0000.params",
                            "generator/serving.properties");
        }
        RunConfig written = RunConfig.read(folder.resolve("config.yaml"), 7);
        assertThat(written.settings()).hasSize(6);
        assertThat(written.threads()).isEqualTo(1);
    }

    @Test
    void should_go_on_exactly() throws IOException {
        Path whole = train("whole", config("steps", 12));
        Path parts = train("parts", config("steps", 5));
        resume(parts, Map.of("steps", 7));
        resume(parts, Map.of("steps", 12));
        assertSame(
                parts,
                whole,
                "config.yaml",
                "checkpoints/step-00000012.safetensors",
                "generator/generator-0000.params",
                "samples/step-000012.png",
                "samples/progress.gif");
    }

    @Test
    void should_count_epochs_as_steps() throws IOException {
        Path folder = train("run", config("epochs", 2));
        RunConfig written = RunConfig.read(folder.resolve("config.yaml"), 1);
        // Ten samples are two whole batches of four, and the strategy takes one a step.
        assertThat(written.epochs()).isNull();
        assertThat(written.steps()).isEqualTo(4);
        resume(folder, Map.of("epochs", 5));
        assertThat(folder.resolve("checkpoints/step-00000010.safetensors")).exists();
    }

    @Test
    void should_stop_when_asked_and_go_on() throws IOException {
        Path whole = train("whole", config());
        Path stopped = temp.resolve("stopped");
        try (Run run = Run.create(config(), stopped)) {
            run.train(
                    new TrainingListener() {
                        @Override
                        public void onStep(GanTrainer trainer, StepReport report) {
                            if (report.step() == 3) {
                                trainer.stop();
                            }
                        }
                    });
            assertThat(run.getTrainer().getStep()).isEqualTo(3);
        }
        assertThat(stopped.resolve("checkpoints/step-00000003.safetensors")).exists();
        resume(stopped, Map.of());
        assertSame(stopped, whole, "checkpoints/step-00000006.safetensors");
    }

    @Test
    void should_write_again_what_is_missing_when_a_run_is_done() throws IOException {
        Path folder = train("run", config());
        Path whole = train("whole", config());
        String[] missing = {
            "generator/generator-0000.params",
            "losses.png",
            "samples/progress.gif",
            "samples/step-000006.png"
        };
        for (String file : missing) {
            Files.delete(folder.resolve(file));
        }
        resume(folder, Map.of());
        assertSame(folder, whole, "generator/generator-0000.params", "samples/progress.gif");
        assertThat(folder.resolve("losses.png")).exists();
    }

    @Test
    void should_show_no_picture_of_a_step_that_is_not_done() throws IOException {
        Path folder = train("run", config());
        Path whole = train("whole", config());
        Path later = folder.resolve("samples/step-000009.png");
        Files.copy(folder.resolve("samples/step-000000.png"), later);
        resume(folder, Map.of());
        assertSame(folder, whole, "samples/progress.gif");
    }

    @Test
    void should_write_nothing_in_a_rehearsal() {
        try (Run run = Run.rehearse(config())) {
            run.train();
            assertThat(run.getTrainer().getStep()).isEqualTo(6);
            assertThat(run.getConfig().settings()).hasSize(6);
            assertThat(run.getDataset().getName()).isEqualTo("toys");
        }
        assertThat(temp).isEmptyDirectory();
    }

    @Test
    void should_fail_if_the_folder_is_taken() throws IOException {
        Path folder = train("run", config());
        assertThatThrownBy(() -> Run.create(config(), folder))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("go on with 'gan4j resume " + folder + "'");
        Path file = Files.createFile(temp.resolve("file"));
        assertThatThrownBy(() -> Run.create(config(), file))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("is a file; choose a folder");
    }

    @Test
    void should_take_a_folder_that_is_empty() throws IOException {
        Files.createDirectories(temp.resolve("run"));
        assertThat(train("run", config()).resolve("config.yaml")).exists();
    }

    @Test
    void should_write_nothing_if_the_configuration_cannot_be_had() {
        Path folder = temp.resolve("run");
        for (RunConfig bad :
                new RunConfig[] {
                    config("latentSise", 3),
                    config("batchSize", 11),
                    config("device", "tpu"),
                    config("activation", "relu"),
                    config().with(Map.of("dataset", Map.of("name", "toyz")))
                }) {
            assertThatThrownBy(() -> Run.create(bad, folder))
                    .isInstanceOf(InvalidInputException.class);
            assertThat(folder).doesNotExist();
        }
    }

    @Test
    void should_fail_to_resume_what_is_no_run() {
        assertThatThrownBy(() -> Run.resume(temp, Map.of()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("'%s' is not a run folder: it has no config.yaml.", temp);
        Path none = temp.resolve("none");
        assertThatThrownBy(() -> Run.resume(none, Map.of()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("There is no run folder '" + none + "'");
    }

    @Test
    void should_fail_to_resume_another_training() throws IOException {
        Path folder = train("run", config());
        String before = Files.readString(folder.resolve("config.yaml"));
        assertThatThrownBy(
                        () ->
                                Run.resume(
                                        folder,
                                        Map.of("seed", 4, "settings", Map.of("latentSize", 8))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("seed is 4 and was 0; settings.latentSize is 8 and was 3");
        assertThat(folder.resolve("config.yaml")).hasContent(before);
    }

    @Test
    void should_not_forget_its_length_if_resumed_for_less() throws IOException {
        Path folder = train("run", config());
        String before = Files.readString(folder.resolve("config.yaml"));
        resume(folder, Map.of("steps", 2));
        assertThat(folder.resolve("config.yaml")).hasContent(before);
    }

    @Test
    void should_stop_with_the_last_good_checkpoint_if_training_diverges() {
        assertThatThrownBy(() -> train("run", config("learningRate", 1e30, "checkpointEvery", 1)))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("checkpoint");
    }
}
