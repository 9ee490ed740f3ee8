package io.github.gan4j.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.gan4j.StepReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsLogTest {

    @TempDir Path folder;
    private Path file;

    @BeforeEach
    void setUp() {
        file = folder.resolve("run").resolve("metrics.jsonl");
    }

    @Test
    void should_write_a_line_an_interval_with_all_values() throws IOException {
        try (MetricsLog log = new MetricsLog(file, 2);
                SmallTraining training = new SmallTraining(3, log)) {
            training.trainer().train(7);
        }
        List<JsonNode> lines = lines();
        assertThat(lines).extracting(line -> line.get("step").asLong()).containsExactly(2L, 4L, 6L);
        List<String> names = new ArrayList<>();
        lines.get(2).fieldNames().forEachRemaining(names::add);
        assertThat(names)
                .startsWith("step", "epoch", "discriminator/loss")
                .contains("discriminator/D(real)", "generator/loss")
                .contains("discriminator/gradient norm", "generator/gradient norm")
                .endsWith("steps per second", "samples per second", "resident bytes", "heap bytes");
        assertThat(lines.get(2).get("epoch").asLong()).isEqualTo(1);
        assertThat(lines.get(0).get("steps per second").asDouble()).isPositive();
        assertThat(lines.get(0).get("heap bytes").asLong()).isPositive();
        if (Files.exists(Path.of("/proc/self/status"))) {
            assertThat(lines.get(0).get("resident bytes").asLong()).isGreaterThan(1 << 20);
        }
    }

    @Test
    void should_go_on_where_the_restored_checkpoint_was() throws IOException {
        Path whole = folder.resolve("whole.jsonl");
        try (MetricsLog log = new MetricsLog(whole, 1);
                SmallTraining training = new SmallTraining(3, log)) {
            training.trainer().train(6);
        }
        CheckpointStore store = new CheckpointStore(folder.resolve("checkpoints"), 1);
        try (SmallTraining training = new SmallTraining(3, new MetricsLog(file, 1))) {
            training.trainer().train(3);
            store.save(training.trainer(), Map.of());
            training.trainer().train(5);
        }
        // A process killed while it wrote a line.
        Files.writeString(file, "{\"step\":6,\"discrimi", StandardOpenOption.APPEND);
        try (SmallTraining training = new SmallTraining(3, new MetricsLog(file, 1))) {
            store.loadLatest().orElseThrow().restore(training.trainer());
            training.trainer().train(6);
        }
        String timings = ",\"steps per second.*";
        assertThat(Files.readString(file).replaceAll(timings, ""))
                .isEqualTo(Files.readString(whole).replaceAll(timings, ""));
    }

    @Test
    void should_keep_whole_lines_and_drop_a_torn_last_one() throws IOException {
        Files.createDirectories(file.getParent());
        String first = "{\"step\":0,\"a/loss\":1.5}\n";
        for (String torn : List.of("{\"step\":0,\"a/lo", "{\"step\":0", "\u0000\u0000", "")) {
            Files.writeString(file, first + torn);
            try (MetricsLog log = new MetricsLog(file, 1);
                    SmallTraining training = new SmallTraining(3)) {
                log.onStart(training.trainer(), 1);
            }
            assertThat(Files.readString(file)).as(torn).isEqualTo(first);
        }
    }

    @Test
    void should_write_null_for_what_is_not_finite() throws IOException {
        try (MetricsLog log = new MetricsLog(file, 1);
                SmallTraining training = new SmallTraining(3)) {
            log.onStart(training.trainer(), 1);
            Map<String, Float> values = Map.of("p/nan", Float.NaN);
            log.onStep(training.trainer(), new StepReport(1, 0, values, 1));
            log.onStep(
                    training.trainer(),
                    new StepReport(2, 0, Map.of("p/inf", Float.NEGATIVE_INFINITY), 1));
            // Each line is on its way to the disk at once.
            assertThat(lines()).hasSize(2);
        }
        assertThat(lines().get(0).get("p/nan").isNull()).isTrue();
        assertThat(lines().get(1).get("p/inf").isNull()).isTrue();
    }

    @Test
    void should_say_so_if_it_cannot_write() throws IOException {
        Files.createDirectories(file);
        try (SmallTraining training = new SmallTraining(3, new MetricsLog(file, 1))) {
            assertThatThrownBy(() -> training.trainer().train(1))
                    .isInstanceOf(TrainingException.class)
                    .hasMessageContaining("The metrics could not be written to '" + file + "': ");
        }
    }

    private List<JsonNode> lines() throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            lines.add(new ObjectMapper().readTree(line));
        }
        return lines;
    }
}
