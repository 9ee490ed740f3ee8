package io.github.gan4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.gan4j.run.Safetensors;
import io.github.gan4j.torch.Torch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Measuring while training: {@code --evaluate-every}. */
class EvaluateEveryTest {

    private static final String CACHE = "gan4j.cache";
    private static final String FID = "fid60-digits-v1";
    private static final String[] EVALUATE = {
        "--evaluate-every", "4", "--set", "evaluateSamples=60"
    };

    @TempDir static Path shared;
    @TempDir Path temp;

    @BeforeAll
    static void train() {
        System.setProperty(CACHE, shared.resolve("cache").toString());
        InProcess.run(SmallRun.dcgan(shared.resolve("run"), 12, EVALUATE)).done();
    }

    @AfterAll
    static void forget() {
        System.clearProperty(CACHE);
    }

    private static List<JsonNode> evaluations(Path run) throws IOException {
        return RunFiles.metrics(run).stream().filter(line -> line.has(FID)).toList();
    }

    @Test
    void should_log_what_it_measures_every_so_many_steps() throws IOException {
        List<JsonNode> lines = evaluations(shared.resolve("run"));
        assertThat(lines).extracting(line -> line.get("step").intValue()).containsExactly(4, 8, 12);
        for (JsonNode line : lines) {
            assertThat(line.get(FID).doubleValue()).isPositive();
            assertThat(line.has("coverage60-digits-v1-unit")).isTrue();
        }
    }

    @Test
    void should_keep_the_best_checkpoint() throws IOException {
        Path run = shared.resolve("run");
        JsonNode best =
                evaluations(run).stream()
                        .min(
                                (a, b) ->
                                        Double.compare(
                                                a.get(FID).doubleValue(), b.get(FID).doubleValue()))
                        .orElseThrow();
        Safetensors kept = Safetensors.read(run.resolve("checkpoints/best.safetensors"));
        assertThat(kept.getMetadata())
                .containsEntry("protocol", FID)
                .containsEntry("score", best.get(FID).asText());
        String step = "step-%08d.safetensors".formatted(best.get("step").intValue());
        assertSameArrays(kept, Safetensors.read(run.resolve("checkpoints").resolve(step)));
    }

    /** The texts beside the arrays differ: they tell how the checkpoint was made. */
    private static void assertSameArrays(Safetensors actual, Safetensors expected) {
        assertThat(actual.getNames()).isNotEmpty().isEqualTo(expected.getNames());
        try (NDManager manager = Torch.newManager()) {
            for (String name : actual.getNames()) {
                assertThat(actual.get(manager, name).toByteBuffer())
                        .as(name)
                        .isEqualTo(expected.get(manager, name).toByteBuffer());
            }
        }
    }

    @Test
    void should_draw_from_the_best_checkpoint_and_find_the_same_number() throws IOException {
        String run = shared.resolve("run").toString();
        Path file = temp.resolve("r.json");
        InProcess.run("evaluate", run, "--best", "--samples=60", "--measures=fid", "--json=" + file)
                .done();
        Safetensors kept = Safetensors.read(Path.of(run, "checkpoints/best.safetensors"));
        double expected = Double.parseDouble(kept.getMetadata().get("score"));
        assertThat(
                        new ObjectMapper()
                                .readTree(file.toFile())
                                .at("/scores/" + FID + "/mean")
                                .asDouble())
                .isCloseTo(expected, within(1e-3 * expected));
        InProcess.run("generate", run, "--best", "--count=3", "--out=" + temp.resolve("x.npy"))
                .done();
        assertThat(temp.resolve("x.npy")).exists();
    }

    @Test
    void should_not_touch_the_training() throws IOException {
        Path plain = temp.resolve("plain");
        InProcess.run(SmallRun.dcgan(plain, 12)).done();
        Path run = shared.resolve("run");
        RunFiles.assertSameFiles(run.resolve("generator"), plain.resolve("generator"));
        RunFiles.assertSameFiles(run.resolve("samples"), plain.resolve("samples"));
        assertSameArrays(
                Safetensors.read(RunFiles.checkpoint(run, 12)),
                Safetensors.read(RunFiles.checkpoint(plain, 12)));
    }

    @Test
    void should_end_at_the_same_bytes_in_two_parts() throws IOException {
        Path parts = temp.resolve("parts");
        InProcess.run(SmallRun.dcgan(parts, 6, EVALUATE)).done();
        InProcess.run(SmallRun.resume(parts, 12)).done();
        Path run = shared.resolve("run");
        RunFiles.assertSameBytes(RunFiles.checkpoint(parts, 12), RunFiles.checkpoint(run, 12));
        RunFiles.assertSameFiles(
                parts.resolve("checkpoints/best"), run.resolve("checkpoints/best"));
        assertThat(evaluations(parts)).isEqualTo(evaluations(run));
    }

    @Test
    void should_keep_the_best_generator_of_points() throws IOException {
        Path run = temp.resolve("points");
        InProcess.run(SmallRun.gan(run, 4, "--dataset", "ring", "--evaluate-every", "2")).done();
        assertThat(RunFiles.metrics(run).stream().filter(line -> line.has("modes2k-ring")))
                .hasSize(2);
    }

    @Test
    void should_measure_pixels_where_no_extractor_is_made_for_the_data() throws IOException {
        Path pictures = temp.resolve("pictures");
        String run = shared.resolve("run").toString();
        InProcess.run("generate", run, "--count=30", "--out=" + pictures).done();
        Path own = temp.resolve("own");
        String[] folder = {
            "--dataset=" + pictures, "--evaluate-every=2", "--set=evaluateSamples=20"
        };
        InProcess.run(SmallRun.dcgan(own, 4, folder)).done();
        assertThat(RunFiles.metrics(own).stream().filter(l -> l.has("swd-patches20-pixels")))
                .hasSize(2);
        assertThat(own.resolve("checkpoints/best.safetensors")).exists();
        Path refused = temp.resolve("refused");
        List<String> fid = SmallRun.dcgan(refused, 4, folder);
        assertThat(InProcess.run(fid, "--set=evaluateMeasures=[swd-patches,fid]").badInput())
                .isEqualTo(
                        "gan4j: fid cannot be measured while training: it needs an extractor of features, and '%s' has none of its own. Leave it out, or measure the run with 'gan4j evaluate'."
                                .formatted(pictures));
        assertThat(refused).doesNotExist();
    }

    @Test
    void should_say_before_training_what_is_wrong() {
        Path run = temp.resolve("run");
        assertThat(InProcess.run(SmallRun.dcgan(run, 4, "--evaluate-every", "0")).badInput())
                .contains("evaluateEvery (--evaluate-every) is 0; it must be 1 or more");
        assertThat(
                        InProcess.run(
                                        SmallRun.dcgan(
                                                run,
                                                4,
                                                "--evaluate-every=2",
                                                "--set=evaluateMeasures=[fud]"))
                                .badInput())
                .contains("no measure 'fud'; did you mean 'fid'?");
        assertThat(run).doesNotExist();
        for (String measure : List.of("novelty", "accuracy")) {
            List<String> train = SmallRun.dcgan(run, 4, "--evaluate-every=2");
            assertThat(InProcess.run(train, "--set=evaluateMeasures=[" + measure + "]").badInput())
                    .startsWith("gan4j: " + measure + " cannot be measured while training: it ");
        }
        assertThat(
                        InProcess.run(
                                        "generate",
                                        shared + "/none",
                                        "--best",
                                        "--count=1",
                                        "--out=x.npy")
                                .badInput())
                .contains("There is no run");
    }
}
