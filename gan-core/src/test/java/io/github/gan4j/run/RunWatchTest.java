package io.github.gan4j.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.gan4j.GanTrainer;
import io.github.gan4j.StepReport;
import io.github.gan4j.TrainingListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunWatchTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir Path temp;

    /** A learning rate at which toys diverge at once, and at an eighth of it too. */
    private static final double FATAL = 1e30;

    private static RunConfig config(Map<String, ?> options, Object... settings) {
        RunConfig config = RunConfig.defaults(Variants.find("toy"), 1);
        config = config.with(Map.of("checkpointEvery", 10, "sampleEvery", 1000, "logEvery", 1));
        for (int i = 0; i < settings.length; i += 2) {
            config = config.withValue((String) settings[i], "" + settings[i + 1]);
        }
        return config.with(options);
    }

    private Path train(String name, RunConfig config, TrainingListener... listeners) {
        Path folder = temp.resolve(name);
        try (Run run = Run.create(config, folder)) {
            run.train(listeners);
        }
        return folder;
    }

    private static List<JsonNode> warnings(Path folder) throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : Files.readAllLines(folder.resolve("warnings.jsonl"))) {
            lines.add(JSON.readTree(line));
        }
        return lines;
    }

    @Test
    void should_have_nothing_to_say_of_a_healthy_run() {
        Path folder =
                train(
                        "run",
                        config(
                                Map.of("steps", 700, "checkpointEvery", 1000),
                                "learningRate",
                                2e-4));
        assertThat(folder.resolve("warnings.jsonl")).doesNotExist();
    }

    /** Multiplies the learning rates at a step, as a bad stretch of data would the gradients. */
    private static TrainingListener fault(long step, double factor) {
        return new TrainingListener() {
            @Override
            public void onStep(GanTrainer trainer, StepReport report) {
                if (report.step() == step && trainer.getRate() == 1) {
                    trainer.setRate(factor);
                }
            }
        };
    }

    @Test
    void should_name_the_term_and_stop_unless_told_to_roll_back() throws IOException {
        Path folder = temp.resolve("run");
        assertThatThrownBy(() -> train("run", config(Map.of("steps", 60)), fault(25, 1e38)))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("became")
                .hasMessageContaining("step-00000020.safetensors");
        assertThat(warnings(folder)).hasSize(1);
        assertThat(warnings(folder).get(0).path("symptom").asText()).isEqualTo("not finite");
        assertThat(warnings(folder).get(0).path("message").asText()).contains(" became ");
    }

    @Test
    void should_roll_back_and_go_on_at_half_the_rates() throws IOException {
        Path folder = train("run", config(Map.of("steps", 60, "rollback", 2)), poison(25));
        List<JsonNode> lines = warnings(folder);
        assertThat(lines).hasSize(2);
        JsonNode rollback = lines.get(1);
        assertThat(rollback.path("rolled back to").longValue()).isEqualTo(20);
        assertThat(rollback.path("message").asText()).startsWith("Rolled back to step 20 (1 of 2)");
        assertThat(folder.resolve("checkpoints/step-00000060.safetensors")).exists();
        try (Run run = Run.resume(folder, Map.of())) {
            assertThat(run.getTrainer().getRate()).isEqualTo(rollback.path("rate").doubleValue());
        }
        List<Long> steps =
                MetricsLog.read(folder.resolve("metrics.jsonl")).values().stream()
                        .map(line -> line.get("step").longValue())
                        .toList();
        assertThat(steps).doesNotHaveDuplicates().isSorted().hasSize(60);
    }

    /** A fault that is a function of the step and of the rate, and so comes once. */
    private static TrainingListener poison(long step) {
        return new TrainingListener() {
            @Override
            public void onStep(GanTrainer trainer, StepReport report) {
                if (report.step() == step && trainer.getRate() == 1) {
                    trainer.getArrays()
                            .forEach(
                                    (name, array) -> {
                                        if (name.startsWith("weights/discriminator")) {
                                            array.muli(Float.NaN);
                                        }
                                    });
                }
            }
        };
    }

    private static TrainingListener stop(long step) {
        return new TrainingListener() {
            @Override
            public void onStep(GanTrainer trainer, StepReport report) {
                if (report.step() == step) {
                    trainer.stop();
                }
            }
        };
    }

    @Test
    void should_roll_back_at_most_so_often() throws IOException {
        Path folder = temp.resolve("run");
        RunConfig config = config(Map.of("steps", 60, "rollback", 2), "learningRate", FATAL);
        assertThatThrownBy(() -> train("run", config)).isInstanceOf(TrainingException.class);
        assertThat(warnings(folder))
                .filteredOn(line -> line.has("rolled back to"))
                .extracting(line -> line.get("rate").doubleValue())
                .containsExactly(0.5, 0.25);
    }

    @ParameterizedTest
    @ValueSource(longs = {23, 34})
    void should_be_the_same_run_if_it_is_stopped_in_between(long at) throws IOException {
        RunConfig config = config(Map.of("steps", 40, "rollback", 2));
        Path whole = train("whole", config, poison(25));
        // The one stop comes before the fault, the other after the roll-back to step 20.
        Path parts = train("parts", config, poison(25), stop(at));
        assertThat(parts.resolve("checkpoints/step-%08d.safetensors".formatted(at))).exists();
        try (Run run = Run.resume(parts, Map.of())) {
            run.train(poison(25));
        }
        String last = "checkpoints/step-00000040.safetensors";
        assertThat(Files.mismatch(parts.resolve(last), whole.resolve(last))).isEqualTo(-1);
        assertThat(warnings(parts)).isEqualTo(warnings(whole));
    }

    /** The line about it has the step that was gone back from, which comes again. */
    @Test
    void should_remember_having_rolled_back_when_resumed_before_that_step() throws IOException {
        RunConfig config = config(Map.of("steps", 40, "rollback", 2));
        Path whole = train("whole", config, poison(27));
        Path parts = train("parts", config, poison(27), stop(24));
        assertThat(parts.resolve("warnings.jsonl")).doesNotExist();
        // Goes back from 27 to 20, and is stopped at 24, before it gets there again.
        try (Run run = Run.resume(parts, Map.of())) {
            run.train(poison(27), stopOnceSlow(24));
        }
        assertThat(warnings(parts)).isEqualTo(warnings(whole));
        try (Run run = Run.resume(parts, Map.of())) {
            run.train(poison(27));
        }
        assertThat(warnings(parts)).isEqualTo(warnings(whole));
    }

    private static TrainingListener stopOnceSlow(long step) {
        return new TrainingListener() {
            @Override
            public void onStep(GanTrainer trainer, StepReport report) {
                if (report.step() == step && trainer.getRate() < 1) {
                    trainer.stop();
                }
            }
        };
    }

    @Test
    void should_go_back_to_the_same_step_though_it_was_stopped_before() throws IOException {
        RunConfig config = config(Map.of("steps", 40, "rollback", 1, "keepCheckpoints", 1));
        Path whole = train("whole", config, poison(25));
        Path parts = train("parts", config, poison(25), stop(23));
        try (Run run = Run.resume(parts, Map.of())) {
            run.train(poison(25));
        }
        assertThat(warnings(parts)).isEqualTo(warnings(whole));
        assertThat(warnings(parts).get(1).path("rolled back to").longValue()).isEqualTo(20);
    }

    @Test
    void should_train_as_it_would_unwatched() throws IOException {
        RunConfig config = config(Map.of("steps", 210));
        Path watched = train("watched", config);
        try (Run run = Run.rehearse(config)) {
            run.train();
            CheckpointStore store = new CheckpointStore(temp.resolve("unwatched"), 1);
            store.save(run.getTrainer(), Map.of());
            Checkpoint own = store.loadLatest().orElseThrow();
            Checkpoint other =
                    new CheckpointStore(watched.resolve("checkpoints"), 1)
                            .loadLatest()
                            .orElseThrow();
            for (String name : own.getArrays().getNames()) {
                assertThat(own.getArrays().get(run.getTrainer().getManager(), name).toByteBuffer())
                        .isEqualTo(
                                other.getArrays()
                                        .get(run.getTrainer().getManager(), name)
                                        .toByteBuffer());
            }
        }
    }
}
