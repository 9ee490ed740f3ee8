package io.github.gan4j.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.gan4j.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(300)
class BenchmarkTest {

    /** Networks of 100-8-1*8*8 and 64-6-1. */
    private static final String SMALL =
            "gan --size 8 --batch-size 4 --warm-up 1 --threads 1"
                    + " --set generatorUnits=[8] --set discriminatorUnits=[6]";

    private static final String SMALL_PARAMETERS =
            "{\"generator\": %d, \"discriminator\": %d}"
                    .formatted(100 * 8 + 8 + 8 * 64 + 64, 64 * 6 + 6 + 6 + 1);

    private final List<String> progress = new ArrayList<>();

    @TempDir private Path folder;

    private BenchReport run(String arguments, String... more) {
        List<String> all = new ArrayList<>(Arrays.asList(arguments.split(" ")));
        all.addAll(List.of(more));
        return Benchmark.run(BenchOptionsTest.parse(all.toArray(String[]::new)), progress::add);
    }

    @Test
    void should_time_a_gan_alone() {
        BenchReport report =
                run("gan --steps 3 --batch-size 8 --warm-up 1 --generate 4 --no-python");

        assertThat(report.sides()).hasSize(1);
        BenchReport.Side ours = report.sides().get(0);
        assertThat(ours.rounds()).hasSize(3).allMatch(ms -> ms > 0);
        assertThat(ours.imagesPerSecond())
                .isCloseTo(8000 / ours.turnMilliseconds().median(), within(1e-6));
        assertThat(ours.generatedPerSecond()).isPositive();
        assertThat(ours.end().liveArrays()).isPositive().isEqualTo(ours.early().liveArrays());
        assertThat(report.parameters())
                .containsEntry("generator", 1_489_424L)
                .containsEntry("discriminator", 533_505L);
        assertThat(report.settings()).containsEntry("movingAverage", 0.0);
        assertThat(report.toText()).contains("gan, images of 1 x 28 x 28, batch 8");
    }

    @Test
    void should_time_a_translation_alone() {
        BenchReport report =
                run(
                        "pix2pix --size 16 --set generatorFilters=4 --set discriminatorFilters=4"
                                + " --set patch=16 --steps 2 --warm-up 1 --generate 3 --no-python");

        BenchReport.Side ours = report.sides().get(0);
        assertThat(report.sampleShape()).containsExactly(3, 16, 16);
        assertThat(report.parameters()).containsOnlyKeys("generator AtoB", "discriminator");
        assertThat(report.settings()).containsEntry("schedules", List.of());
        assertThat(ours.generatedPerSecond()).isPositive();
        assertThat(ours.end().liveArrays()).isEqualTo(ours.early().liveArrays());
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void should_take_turns_with_pytorch() throws IOException {
        Path python = FakePython.good(folder, SMALL_PARAMETERS);
        BenchReport report =
                run(SMALL, "--steps", "4", "--rounds", "2", "--python", python.toString());

        assertThat(report.torch()).isEqualTo("9.9");
        assertThat(report.sides())
                .extracting(BenchReport.Side::name)
                .containsExactly("gan4j", "PyTorch eager", "PyTorch lean");
        BenchReport.Side eager = report.sides().get(1);
        assertThat(eager.stepMilliseconds().median()).isEqualTo(2);
        assertThat(eager.turnMilliseconds().median()).isEqualTo(3);
        assertThat(eager.fasterBy().max())
                .isEqualTo(
                        Statistics.of(
                                        3 / report.sides().get(0).rounds().get(0),
                                        3 / report.sides().get(0).rounds().get(1))
                                .max());
        assertThat(eager.generatedPerSecond()).isEqualTo(1000);
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void should_refuse_to_compare_other_networks() throws IOException {
        Path python = FakePython.good(folder);
        assertThatThrownBy(() -> run(SMALL, "--steps", "1", "--python", python.toString()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("The networks differ: gan4j's have {");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void should_refuse_to_compare_with_other_threads() throws IOException {
        Path python = FakePython.good(folder, SMALL_PARAMETERS);
        assertThatThrownBy(
                        () ->
                                run(
                                        SMALL.replace("--threads 1", "--threads 2"),
                                        "--steps",
                                        "1",
                                        "--python",
                                        python.toString()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("gan4j has 2 threads, but PyTorch eager took 1");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void should_refuse_a_python_without_torch() throws IOException {
        Path python = folder.resolve("python");
        Files.writeString(python, "#!/bin/sh\nexit 1\n");
        assertThat(python.toFile().setExecutable(true)).isTrue();
        assertThatThrownBy(() -> run(SMALL, "--python", python.toString()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("has no torch; get it with")
                .hasMessageContaining("-m pip install torch");
    }

    @Test
    void should_refuse_a_python_that_is_not_there() {
        Path python = folder.resolve("none");
        assertThatThrownBy(() -> run(SMALL, "--python", python.toString()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("There is no program '" + python + "'");
    }

    @Test
    void should_refuse_an_unknown_variant() {
        assertThatThrownBy(() -> run("dcgna --no-python"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("did you mean 'dcgan'?");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void should_go_on_alone_where_the_script_trains_otherwise() throws IOException {
        Path python = FakePython.good(folder);
        BenchReport report =
                run(
                        SMALL,
                        "--steps",
                        "1",
                        "--set",
                        "strategy=alternating:critic=2",
                        "--python",
                        python.toString());
        assertThat(report.sides()).hasSize(1);
        assertThat(report.notes())
                .containsExactly(
                        "gan4j alone was timed. The PyTorch script has strategy"
                                + " alternating:critic=1,fresh=false only, not"
                                + " alternating:critic=2,fresh=false.");
    }

    @Test
    void should_write_all_figures_for_programs() throws IOException {
        Path file = folder.resolve("bench.json");
        run(SMALL, "--steps", "2", "--no-python").writeJson(file);
        JsonNode json = new ObjectMapper().readTree(file.toFile());
        assertThat(json.path("variant").asText()).isEqualTo("gan");
        assertThat(json.at("/sides/0/rounds").size()).isEqualTo(2);
        assertThat(json.at("/settings/generatorUnits/0").asInt()).isEqualTo(8);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gan --size 28",
                "gan --size 20 --channels 3",
                "gan --size 28 --precision bfloat16",
                "cgan --size 28",
                "dcgan --size 28 --set generatorFilters=8 --set discriminatorFilters=4",
                "dcgan --size 64 --channels 3 --set generatorFilters=4 --set latentSize=10",
                "cyclegan --size 16 --set generatorFilters=4 --set discriminatorFilters=4 --set"
                        + " patch=16",
                "pix2pix --size 32 --channels 1 --set generatorFilters=4 --set"
                        + " discriminatorFilters=4",
                "pix2pix --size 16 --set generator=residual --set norm=instance --set blocks=2"
                        + " --set patch=16"
            })
    void should_have_the_networks_of_the_script(String arguments) {
        Assumptions.assumeTrue(
                Python.locate("python3").filter(Python::hasTorch).isPresent(),
                "a python3 with torch");
        BenchReport report =
                run(
                        arguments
                                + " --batch-size 4 --steps 1 --warm-up 0 --generate 2"
                                + " --python python3");
        assertThat(report.sides()).hasSize(3);
    }
}
