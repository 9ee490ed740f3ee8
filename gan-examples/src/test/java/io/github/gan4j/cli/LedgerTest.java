package io.github.gan4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerTest {

    private static final String CACHE = "gan4j.cache";
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir Path temp;

    @BeforeEach
    void prepare() throws IOException {
        System.setProperty(CACHE, temp.resolve("cache").toString());
        Files.createDirectories(temp.resolve("ledger"));
        write("");
    }

    @AfterEach
    void forget() {
        System.clearProperty(CACHE);
    }

    /** A table of two trainings that take a moment, and of real points. */
    private void write(String more) throws IOException {
        Files.writeString(
                temp.resolve("ledger/points.yaml"),
                """
                title: Points
                text: For a test.
                columns: [modes200-ring, reverse-kl200-ring]
                lines:
                  - {name: real-ring, variant: real, dataset: ring, seeds: [0], samples: 200}
                  - name: gan-ring
                    variant: gan
                    dataset: ring
                    steps: 3
                    seeds: [0, 1]
                    samples: 200
                    options: {batchSize: 20}
                    settings: {latentSize: 2}
                    published:
                      - {column: modes200-ring, value: 6.5, source: "Somebody 2020"}
                %s\
                """
                        .formatted(more));
    }

    private Outcome ledger(String... more) {
        List<String> args =
                List.of(
                        "ledger",
                        "--ledger=" + temp.resolve("ledger"),
                        "--out=" + temp.resolve("results.md"),
                        "--scratch=" + temp.resolve("scratch"),
                        "--commit=abc1234",
                        "--hardware=a small machine");
        return InProcess.run(args, more);
    }

    private JsonNode result(String name) throws IOException {
        return JSON.readTree(temp.resolve("ledger/results").resolve(name).toFile());
    }

    private String row(String line) throws IOException {
        return Files.readAllLines(temp.resolve("results.md")).stream()
                .filter(text -> text.startsWith("| `" + line + "`"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void should_train_measure_keep_and_show_each_line() throws IOException {
        Outcome outcome = ledger().done();
        assertThat(outcome.err()).contains("real-ring seed 0", "gan-ring seed 1", "Written to");
        JsonNode result = result("gan-ring/1.json");
        assertThat(result.get("scores").has("modes200-ring")).isTrue();
        assertThat(result.get("commit").textValue()).isEqualTo("abc1234");
        assertThat(result.get("hardware").textValue()).isEqualTo("a small machine");
        assertThat(result.get("trainingSeconds").doubleValue()).isPositive();
        assertThat(result.get("trainingCpuSeconds").doubleValue()).isPositive();
        assertThat(result("real-ring/0.json").at("/scores/modes200-ring").doubleValue())
                .isEqualTo(8);
        assertThat(row("gan-ring"))
                .contains("| gan (batchSize=20, latentSize=2) | ring | 3 | 2 |")
                .contains("| modes200-ring 6.500 (Somebody 2020) |")
                .contains("a small machine", "abc1234");
        assertThat(row("real-ring")).contains("| real | ring | – | 1 | 8 |");
        assertThat(temp.resolve("scratch/gan-ring-0")).doesNotExist();
    }

    @Test
    void should_not_do_again_what_is_done() throws IOException {
        ledger().done();
        ObjectNode kept = (ObjectNode) result("gan-ring/0.json");
        ((ObjectNode) kept.get("scores")).put("modes200-ring", 5.0);
        Path file = temp.resolve("ledger/results/gan-ring/0.json");
        JSON.writeValue(file.toFile(), kept);
        ((ObjectNode) kept.get("scores")).put("modes200-ring", 7.0);
        JSON.writeValue(file.resolveSibling("1.json").toFile(), kept.put("seed", 1));

        assertThat(ledger().done().err()).doesNotContain("trained in");
        assertThat(row("gan-ring")).contains("| 6 +/- 1.414 |");

        // Another budget is another line.
        String table = Files.readString(temp.resolve("ledger/points.yaml"));
        Files.writeString(
                temp.resolve("ledger/points.yaml"), table.replace("steps: 3", "steps: 4"));
        assertThat(ledger("--list").done().out()).contains("to do  gan-ring seed 0");
        assertThat(ledger("--only=gan-*", "--seeds=1").done().err()).contains("gan-ring seed 1: ");
        assertThat(row("gan-ring")).contains("| 4 | 1 of 2 |");
    }

    @Test
    void should_add_up_the_time_of_all_processes_that_trained() throws IOException {
        write("");
        String table = Files.readString(temp.resolve("ledger/points.yaml"));
        Files.writeString(
                temp.resolve("ledger/points.yaml"), table.replace("steps: 3", "steps: 502"));
        ledger("--only=gan-ring", "--seeds=0", "--keep-runs").done();
        Path time = temp.resolve("scratch/gan-ring-0/ledger-seconds.txt");
        assertThat(Files.readString(time)).matches("[0-9.]+ [0-9.]+\\n");
        Path kept = temp.resolve("ledger/results/gan-ring/0.json");

        // As if two processes of so many seconds had come to step 500, and then been killed.
        Files.writeString(time, "3000 1000\n");
        Files.delete(kept);
        ledger("--only=gan-ring", "--seeds=0", "--keep-runs").done();
        assertThat(result("gan-ring/0.json").get("trainingSeconds").doubleValue())
                .isBetween(3000.0, 3060.0);
        assertThat(result("gan-ring/0.json").get("trainingCpuSeconds").doubleValue())
                .isBetween(1000.0, 1060.0);
        assertThat(row("gan-ring")).contains("| 16.7 min | 50.0 min |");

        // An earlier version wrote wall time alone.
        Files.writeString(time, "3000\n");
        Files.delete(kept);
        ledger("--only=gan-ring", "--seeds=0").done();
        assertThat(result("gan-ring/0.json").get("trainingCpuSeconds").isNull()).isTrue();
        Files.writeString(
                kept, Files.readString(kept).replaceAll(" *\"trainingCpuSeconds.*\n", ""));
        ledger("--page").done();
        assertThat(row("gan-ring")).contains("| – | 50.0 min |");
    }

    @Test
    void should_leave_to_others_what_they_work_on() throws IOException {
        Path lock = Files.createDirectories(temp.resolve("scratch")).resolve("gan-ring-0.lock");
        try (FileChannel channel =
                FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.lock();
            assertThat(ledger().done().err()).contains("gan-ring seed 0 is in other hands");
        }
        assertThat(row("gan-ring")).contains("| 1 of 2 |");
        assertThat(ledger().done().err()).contains("gan-ring seed 0: ");
        assertThat(row("gan-ring")).contains("| 3 | 2 |");
    }

    @Test
    void should_go_on_with_the_rest_if_a_line_fails() throws IOException {
        write(
                "  - {name: none, variant: gan, dataset: nothing, seeds: [0]}\n"
                        + "  - {name: unknown, variant: gam, dataset: ring, seeds: [0]}\n");
        Outcome outcome = ledger();
        assertThat(outcome.status()).isEqualTo(1);
        assertThat(outcome.err())
                .contains("none seed 0 failed: No data set and no folder is called 'nothing'");
        assertThat(outcome.err()).contains("unknown seed 0 failed: There is no variant 'gam'");
        assertThat(row("gan-ring")).contains("| 3 | 2 |");
        assertThat(row("none")).contains("| 0 of 1 |");
        assertThat(row("unknown")).contains("| 0 of 1 |");
    }

    @Test
    void should_measure_translations_on_held_out_pairs() throws IOException {
        write(
                """
                  - name: cyclegan-tones
                    variant: cyclegan
                    dataset: tones
                    steps: 1
                    seeds: [0]
                    settings: {generatorFilters: 4, discriminatorFilters: 4, blocks: 1}
                """);
        ledger("--only=cyclegan-tones").done();
        JsonNode scores = result("cyclegan-tones/0.json").get("scores");
        assertThat(scores.get("ssim61-tones-AtoB").doubleValue()).isBetween(-1.0, 1.0);
        assertThat(scores.has("ssim-input61-tones-BtoA")).isTrue();
        assertThat(scores.has("psnr-nearest61-tones-AtoB")).isTrue();
    }

    @Test
    void should_say_in_one_line_what_is_wrong() throws IOException {
        assertThat(ledger("--only=nothing").badInput()).contains("called 'nothing'", "--list");
        assertThat(ledger("--jobs=0").badInput()).contains("must be 1 or more");
        write("  - {name: gan-ring, variant: gan, dataset: ring, seeds: [0]}\n");
        assertThat(ledger().badInput()).contains("Two lines of the ledger are called 'gan-ring'");
        write("  - {name: x, variant: gan, dataset: ring}\n");
        assertThat(ledger().badInput()).contains("'x' of the ledger needs variant, dataset and");
        write("  - {name: x, variant: gan, dataset: ring, seeds: [0], stepz: 3}\n");
        assertThat(ledger().badInput()).contains("stepz");
        assertThat(InProcess.run("ledger", "--ledger=" + temp.resolve("no")).badInput())
                .contains("There is no ledger");
    }

    /** What is committed can be trained. */
    @Test
    void should_hold_no_line_that_cannot_be_read() {
        Outcome outcome =
                InProcess.run(
                        "ledger",
                        "--list",
                        "--ledger=" + Path.of("../docs/ledger").toAbsolutePath());
        assertThat(outcome.done().out()).contains("dcgan-digits seed 0");
    }
}
