package io.github.gan4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluateTest {

    private static final String CACHE = "gan4j.cache";

    @TempDir static Path shared;
    @TempDir Path temp;

    @BeforeAll
    static void train() throws IOException {
        System.setProperty(CACHE, shared.resolve("cache").toString());
        InProcess.run(SmallRun.gan(shared.resolve("gan"), 4)).done();
        InProcess.run(SmallRun.gan(shared.resolve("points"), 2, "--dataset", "ring")).done();
        SmallRun.writeImages(shared.resolve("images"), 12, 32);
        SmallRun.writeImages(shared.resolve("others"), 12, 32);
        SmallRun.writeImages(shared.resolve("large"), 4, 64);
    }

    @AfterAll
    static void forget() {
        System.clearProperty(CACHE);
    }

    private static String path(String name) {
        return shared.resolve(name).toString();
    }

    private static Outcome evaluate(String what, String... more) {
        return InProcess.run(List.of("evaluate", path(what)), more);
    }

    private static JsonNode json(Path file) throws IOException {
        return new ObjectMapper().readTree(file.toFile());
    }

    private static List<String> names(JsonNode tree) {
        List<String> names = new ArrayList<>();
        tree.get("scores").fieldNames().forEachRemaining(names::add);
        return names;
    }

    @Test
    void should_measure_a_run_against_the_test_samples_of_its_data_set() throws IOException {
        Outcome outcome = evaluate("gan", "--samples", "200").done();
        assertThat(outcome.out())
                .startsWith(
                        path("gan") + " against 200 test samples of digits, seen by digits-v1\n")
                .containsPattern("fid +[0-9.]+ +lower +fid200-digits-v1\n")
                .contains("coverage200-digits-v1-unit", "kid200-digits-v1", "modes200-digits-v1");
        JsonNode tree = json(shared.resolve("gan/evaluation.json"));
        assertThat(names(tree)).startsWith("fid200-digits-v1");
        assertThat(tree.get("scores").get("fid200-digits-v1").get("mean").doubleValue())
                .isGreaterThan(10);
    }

    @Test
    void should_give_the_same_numbers_for_a_run_and_for_a_file_of_its_samples() throws IOException {
        String file = temp.resolve("x.npy").toString();
        InProcess.run("generate", path("gan"), "--count", "150", "--out", file).done();
        InProcess.run("evaluate", file, "--against", "digits", "--samples", "150").done();
        Path other = temp.resolve("run.json");
        evaluate("gan", "--samples", "150", "--json", other.toString()).done();
        assertThat(json(temp.resolve("x.npy.evaluation.json")).get("scores"))
                .isEqualTo(json(other).get("scores"));
    }

    @Test
    void should_tell_the_spread_over_repeats() throws IOException {
        Path file = temp.resolve("r.json");
        Outcome outcome =
                evaluate(
                                "gan",
                                "--samples=60",
                                "--measures=fid,modes",
                                "--repeats=3",
                                "--json=" + file)
                        .done();
        assertThat(outcome.out()).contains("+/-");
        JsonNode fid = json(file).get("scores").get("fid60-digits-v1");
        assertThat(fid.get("values")).hasSize(3).doesNotHaveDuplicates();
        assertThat(fid.get("deviation").doubleValue()).isPositive();
        assertThat(names(json(file)))
                .containsExactly(
                        "fid60-digits-v1",
                        "modes60-digits-v1",
                        "modes-entropy60-digits-v1",
                        "modes-kl60-digits-v1");
    }

    @Test
    void should_compare_two_folders_that_no_gan_made() throws IOException {
        Path file = temp.resolve("r.json");
        Outcome outcome =
                evaluate("images", "--against", path("others"), "--json", file.toString()).done();
        assertThat(outcome.out()).contains("only pixels were measured");
        assertThat(names(json(file))).contains("swd-patches12-pixels", "ms-ssim12-pixels");
    }

    @Test
    void should_tell_if_a_model_repeats_what_it_was_trained_on() throws IOException {
        Path file = temp.resolve("r.json");
        String run = temp.resolve("run").toString();
        InProcess.run(SmallRun.gan(Path.of(run), 2, "--dataset", path("images"))).done();
        List<String> novelty = List.of("evaluate", run, "--measures=novelty", "--json=" + file);
        InProcess.run(novelty, "--extractor=digits", "--samples=12").done();
        assertThat(names(json(file)))
                .containsExactly("novelty12-digits-v1", "novelty-copies12-digits-v1");
    }

    @Test
    void should_count_the_modes_that_a_generator_of_points_covers() throws IOException {
        Outcome outcome = evaluate("points").done();
        assertThat(outcome.out()).contains("against the mixture ring", "reverse-kl2500-ring");
        assertThat(names(json(shared.resolve("points/evaluation.json"))))
                .containsExactly(
                        "modes2500-ring",
                        "high-quality2500-ring",
                        "reverse-kl2500-ring",
                        "spread2500-ring");
    }

    @Test
    void should_say_in_one_line_what_is_wrong() throws IOException {
        assertThat(evaluate("nothing").badInput())
                .contains("There is no '" + path("nothing") + "'; give a run, a .npy file");
        assertThat(evaluate("images").badInput()).contains("--against digits");
        assertThat(evaluate("gan", "--measures=fud").badInput())
                .contains("There is no measure 'fud'; did you mean 'fid'?");
        assertThat(evaluate("gan", "--extractor=digit").badInput())
                .contains("no extractor and no file 'digit'; did you mean 'digits'?");
        assertThat(evaluate("gan", "--samples=1").badInput()).contains("must be 2 or more");
        assertThat(evaluate("gan", "--repeats=0").badInput()).contains("must be 1 or more");
        assertThat(evaluate("gan", "--against=digist").badInput())
                .contains("did you mean 'digits'?");
        assertThat(evaluate("gan", "--extractor-size=9").badInput()).contains("--extractor");
        assertThat(evaluate("gan", "--extractor=digits", "--extractor-range=x").badInput())
                .contains("give two numbers such as 0..255");
        assertThat(evaluate("points", "--measures=fid").badInput())
                .contains("measures of their own");
        assertThat(evaluate("points", "--against=digits").badInput())
                .contains("of shape (2) cannot be compared");
        assertThat(evaluate("images", "--against", path("large")).badInput())
                .contains("(3, 32, 32) cannot be compared with real ones of shape (3, 64, 64)");
        assertThat(evaluate("images", "--against", path("gan")).badInput())
                .contains("is a run", "gan4j generate");
        assertThat(evaluate("images", "--against", path("others"), "--measures=fid").badInput())
                .contains("fid", "use an extractor");

        Path file = Files.write(shared.resolve("damaged.npy"), new byte[20]);
        assertThat(InProcess.run("evaluate", file.toString(), "--against=digits").badInput())
                .contains("damaged.npy' is no NumPy file that can be used");
    }
}
