package io.github.gan4j.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.types.Shape;
import io.github.gan4j.Domains;
import io.github.gan4j.InvalidInputException;
import io.github.gan4j.SampleSpec;
import io.github.gan4j.data.DatasetOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RunConfigTest {

    private static final SampleSpec SAMPLES = new SampleSpec(new Shape(1, 6, 6), 0);

    @TempDir Path temp;
    private final RunConfig defaults = RunConfig.defaults(Variants.find("toy"), 2);

    @Test
    void should_have_the_defaults_of_the_variant() {
        assertThat(defaults.variant()).isEqualTo("toy");
        assertThat(defaults.dataset().name()).isEqualTo("toys");
        assertThat(defaults.steps()).isEqualTo(6);
        assertThat(defaults.batchSize()).isEqualTo(4);
        assertThat(defaults.threads()).isEqualTo(2);
        assertThat(defaults.settings()).isEmpty();
        assertThat(defaults.getSettingDefaults())
                .containsOnlyKeys(
                        "latentSize",
                        "units",
                        "learningRate",
                        "largeNumber",
                        "batchNorm",
                        "activation")
                .containsEntry("latentSize", 3)
                .containsEntry("units", List.of(4, 5))
                .containsEntry("learningRate", 1e-3);
    }

    @Test
    void should_overlay_some_values() {
        RunConfig config =
                defaults.with(
                        Map.of(
                                "steps",
                                50L,
                                "dataset",
                                Map.of("size", 8, "fit", "pad"),
                                "settings",
                                Map.of("latentSize", 9)));
        assertThat(config.steps()).isEqualTo(50);
        assertThat(config.batchSize()).isEqualTo(4);
        assertThat(config.dataset())
                .isEqualTo(
                        new RunConfig.DatasetConfig(
                                "toys", 8, null, "pad", false, null, false, null));
        assertThat(config.settings()).containsOnly(Map.entry("latentSize", 9));
        RunConfig further = config.with(Map.of("settings", Map.of("batchNorm", false)));
        assertThat(further.settings()).containsOnlyKeys("latentSize", "batchNorm");
        assertThat(defaults.settings()).isEmpty();
    }

    @Test
    void should_complete_the_settings() {
        RunConfig config = defaults.withValue("units", "[7]").complete(SAMPLES);
        assertThat(config.settings())
                .hasSize(6)
                .containsEntry("units", List.of(7))
                .containsEntry("activation", "tanh");
        assertThat(config.complete(SAMPLES)).isEqualTo(config);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "latentSize   | 8       | 8",
                "learningRate | 1       | 1.0",
                "learningRate | 2e-4    | 2.0E-4",
                "learningRate | 1.0E+30 | 1.0E30",
                "learningRate | 1.0E30  | 1.0E30",
                "learningRate | 1e30    | 1.0E30",
                "units        | 8       | [8]",
                "units        | [8, 9]  | [8, 9]",
                "batchNorm    | false   | false",
            })
    void should_take_settings_as_text(String name, String value, String expected) {
        RunConfig config = defaults.withValue(name, value).complete(SAMPLES);
        config.buildGan(SAMPLES);
        assertThat(config.settings().get(name)).hasToString(expected);
    }

    @Test
    void should_take_options_as_text() {
        assertThat(defaults.withValue("sampleEvery", "7").sampleEvery()).isEqualTo(7);
        assertThat(defaults.withValue("device", "gpu:1").device()).isEqualTo("gpu:1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "latentSise  | 3     | There is no setting of toy 'latentSise'; did you mean"
                        + " 'latentSize'?",
                "settings    | 3     | There is no setting of toy 'settings'",
                "latentSize  | 2.5   | The setting 'latentSize' must be a whole number.",
                "latentSize  | two   | The setting 'latentSize' must be a whole number.",
                "latentSize  | '2'   | The setting 'latentSize' must be a whole number.",
                "latentSize  | null  | The setting 'latentSize' must be a whole number.",
                "latentSize  | [2]   | The setting 'latentSize' must be a whole number.",
                "latentSize  | true  | The setting 'latentSize' must be a whole number.",
                "learningRate| fast  | The setting 'learningRate' must be a number.",
                "batchNorm   | maybe | The setting 'batchNorm' must be true or false.",
                "batchNorm   | 1     | The setting 'batchNorm' must be true or false.",
                "units       | [a]   | The setting 'units' must be a list, as in [1, 2]; each item"
                        + " a whole number.",
                "units       | [1    | The value '[1' cannot be read as YAML; put it into quotes.",
                "activation  | relu  | The toy knows no relu.",
            })
    void should_fail_if_a_setting_is_wrong(String name, String value, String message) {
        assertThatThrownBy(
                        () -> defaults.withValue(name, value).complete(SAMPLES).buildGan(SAMPLES))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith(message);
    }

    @ParameterizedTest
    @CsvSource({
        "steps, 0, steps (--steps)",
        "batchSize, 0, batchSize (--batch-size)",
        "threads, -1, threads",
        "logEvery, 0, logEvery",
        "sampleEvery, 0, sampleEvery",
        "sampleCount, 0, sampleCount",
        "checkpointEvery, 0, checkpointEvery",
        "keepCheckpoints, 0, keepCheckpoints",
        "epochs, 0, epochs (--epochs)"
    })
    void should_fail_if_a_number_is_out_of_range(String name, String value, String shown) {
        assertThatThrownBy(() -> defaults.withValue(name, value))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("%s is %s; it must be 1 or more.", shown, value);
    }

    @Test
    void should_fail_if_an_option_is_wrong() {
        assertThatThrownBy(() -> defaults.with(Map.of("stepz", 3)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("There is no option 'stepz'; did you mean 'steps'?");
        assertThatThrownBy(() -> defaults.with(Map.of("steps", "many")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("The option 'steps' must be a whole number.");
        assertThatThrownBy(() -> defaults.with(Map.of("dataset", "digits")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("dataset: {name: digits}");
        assertThatThrownBy(() -> defaults.with(Map.of("settings", 3)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("settings: {latentSize: 64}");
        assertThatThrownBy(() -> defaults.with(Map.of("dataset", Map.of("nane", "x"))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("'nane'; did you mean 'name'?");
        assertThatThrownBy(() -> defaults.withValue("device", "null"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("device has no value; give it one, or leave the line out.");
    }

    @Test
    void should_fail_if_the_fit_is_unknown() {
        RunConfig config = defaults.with(Map.of("dataset", Map.of("fit", "stretch")));
        assertThatThrownBy(() -> config.dataset().toOptions(Domains.ONE))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("There is no fit 'stretch'; use crop or pad.");
        assertThat(
                        new RunConfig.DatasetConfig("x", 8, 3, "pad", true, null, false, null)
                                .toOptions(Domains.ONE))
                .usingRecursiveComparison()
                .isEqualTo(
                        DatasetOptions.defaults()
                                .withSize(8)
                                .withChannels(3)
                                .withDomains(Domains.ONE)
                                .withFit(DatasetOptions.Fit.PAD)
                                .withStrict(true));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "digits",
                "123",
                "0123",
                "1.50",
                "1e5",
                "0x1F",
                "true",
                "no",
                "null",
                "~",
                "a: b",
                "# x",
                " spaced ",
                "C:\\images",
                "Ünïcode 图",
                "- dash",
                "'quoted'",
                "2001-01-01",
                "[list]",
                "{map}",
                "&a",
                "*a",
                "!tag",
                "%",
                "@x",
                "1_000",
                ".5",
                "+1",
                "-",
                "1:30",
                ".inf",
                ".NaN",
                "-.inf",
                "2e-4x",
                "1\n2"
            })
    void should_write_what_it_reads(String name) throws IOException {
        RunConfig config =
                defaults.with(
                                Map.of(
                                        "dataset",
                                        Map.of("name", name),
                                        "seed",
                                        Long.MIN_VALUE,
                                        "settings",
                                        Map.of("learningRate", 1e-17, "units", List.of(1, 2, 3))))
                        .complete(SAMPLES);
        Path file = Files.writeString(temp.resolve("config.yaml"), config.toYaml());
        assertThat(RunConfig.parse(config.toYaml())).isEqualTo(config);
        RunConfig read = RunConfig.read(file, 1);
        assertThat(read).isEqualTo(config);
        assertThat(read.differencesThatMatter(config)).isEmpty();
        assertThat(read.toYaml()).isEqualTo(config.toYaml());
        read.buildGan(SAMPLES);
    }

    @Test
    void should_name_the_options_that_a_checkpoint_of_another_version_lacks() {
        String yaml = defaults.complete(SAMPLES).toYaml();
        assertThat(yaml).contains("\nevaluateSamples: ", "\n  mirror: ");
        String older = yaml.replaceAll("\n *(evaluateSamples|mirror): .*", "");
        assertThatThrownBy(() -> RunConfig.parse(older))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "The checkpoint says nothing of evaluateSamples, dataset.mirror: another"
                                + " version of gan4j wrote it. Go on with that version, or train"
                                + " anew.");
    }

    @Test
    void should_read_a_file_with_some_names_only() throws IOException {
        Path file = Files.writeString(temp.resolve("c.yaml"), "variant: toy\nbatchSize: 5\n");
        assertThat(RunConfig.read(file, 2)).isEqualTo(defaults.with(Map.of("batchSize", 5)));
    }

    @Test
    void should_fail_if_a_file_names_no_variant() throws IOException {
        Path file = Files.writeString(temp.resolve("c.yaml"), "batchSize: 5\n");
        assertThatThrownBy(() -> RunConfig.read(file, 2))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("'%s' names no variant; add a line such as 'variant: dcgan'.", file);
        Files.writeString(file, "variant: toi\n");
        assertThatThrownBy(() -> RunConfig.read(file, 2))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("There is no variant 'toi'; did you mean 'toy'?");
    }

    @ParameterizedTest
    @CsvSource({"1, 5, 1, 5", "3, 5, 1, 15", "3, 5, 2, 8", "1, 5, 10, 1"})
    void should_tell_epochs_in_steps(
            int epochs, long batchesPerEpoch, int batchesPerStep, long steps) {
        RunConfig config = defaults.with(Map.of("epochs", epochs));
        RunConfig told = config.inSteps(batchesPerEpoch, batchesPerStep);
        assertThat(told.steps()).isEqualTo(steps);
        assertThat(told.epochs()).isNull();
        assertThat(told.inSteps(batchesPerEpoch, batchesPerStep)).isEqualTo(told);
    }

    @Test
    void should_heed_the_newer_wish_of_steps_and_epochs() {
        assertThat(defaults.inSteps(5, 1).steps()).isEqualTo(6);
        RunConfig config = defaults.with(Map.of("epochs", 3)).with(Map.of("steps", 7));
        assertThat(config.inSteps(5, 1).steps()).isEqualTo(7);
        assertThat(config.with(Map.of("epochs", 2)).inSteps(5, 1).steps()).isEqualTo(10);
    }

    @Test
    void should_name_the_differences_that_matter() {
        RunConfig complete = defaults.complete(SAMPLES);
        RunConfig other =
                complete.with(
                        Map.of(
                                "batchSize",
                                5,
                                "seed",
                                9,
                                "dataset",
                                Map.of("size", 8),
                                "settings",
                                Map.of("latentSize", 4, "units", List.of(1))));
        assertThat(other.differencesThatMatter(complete))
                .containsExactly(
                        "dataset.size is 8 and was null",
                        "batchSize is 5 and was 4",
                        "seed is 9 and was 0",
                        "settings.latentSize is 4 and was 3",
                        "settings.units is [1] and was [4,5]");
    }

    @Test
    void should_not_mind_how_long_where_and_what_is_written_down() {
        RunConfig complete = defaults.complete(SAMPLES);
        RunConfig other =
                complete.with(
                        Map.of(
                                "steps",
                                100,
                                "device",
                                "gpu",
                                "logEvery",
                                1,
                                "sampleEvery",
                                2,
                                "sampleCount",
                                3,
                                "checkpointEvery",
                                4,
                                "keepCheckpoints",
                                5,
                                "evaluateEvery",
                                6,
                                "evaluateSamples",
                                7));
        assertThat(other.differencesThatMatter(complete)).isEmpty();
        assertThat(Arrays.asList(other, complete)).doesNotHaveDuplicates();
    }
}
