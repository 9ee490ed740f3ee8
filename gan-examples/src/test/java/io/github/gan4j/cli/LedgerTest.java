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
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
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

    /** The mean must not be that of the trainings that went well. */
    @Test
    void should_say_of_how_many_seeds_a_number_is_known() throws IOException {
        ledger("--only=gan-ring").done();
        Path kept = temp.resolve("ledger/results/gan-ring/1.json");
        ObjectNode result = (ObjectNode) JSON.readTree(kept.toFile());
        ((ObjectNode) result.get("scores")).remove("reverse-kl200-ring");
        JSON.writeValue(kept.toFile(), result);
        for (int seed = 0; seed < 2; seed++) {
            Path file = temp.resolve("ledger/results/gan-ring/" + seed + ".json");
            ObjectNode other = (ObjectNode) JSON.readTree(file.toFile());
            if (seed == 0) {
                ((ObjectNode) other.get("scores")).put("reverse-kl200-ring", 0.5);
            }
            JSON.writeValue(file.toFile(), other);
        }
        ledger("--page").done();
        assertThat(row("gan-ring")).contains("| 0.5000 (1 of 2) |");
    }

    @Test
    void should_lay_options_of_the_data_over_its_name() throws IOException {
        write(
                """
                  - name: few-digits
                    variant: gan
                    dataset: no-such-set
                    steps: 1
                    seeds: [0]
                    options: {dataset: {limit: 100}}
                """);
        // It is refused by its name: the default would be digits.
        assertThat(ledger("--only=few-digits").err()).contains("no-such-set");
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
        assertThat(Files.readString(temp.resolve("results.md")))
                .contains("\nNot made yet: `none`, `unknown`.\n");
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

    /** A program that generates what it is trained on, and writes down what it was told. */
    private Path copyist() throws IOException {
        Path file = temp.resolve("python");
        Files.writeString(
                file,
                """
                #!/bin/sh
                if [ "$1" = -c ]; then exit 0; fi
                echo "$@" >> %s
                while [ $# -gt 0 ]; do
                    case $1 in --data) data=$2 ;; --out) out=$2 ;; esac
                    shift
                done
                cp "$data" "$out"
                echo '{"step": 50}'
                echo '{"done": true, "torch": "9.9", "ms": 7000, "cpu_ms": 6000}'
                """
                        .formatted(temp.resolve("told.txt")));
        assertThat(file.toFile().setExecutable(true)).isTrue();
        return file;
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void should_let_pytorch_train_the_same() throws IOException {
        write(
                """
                  - {name: peer, variant: cgan, program: pytorch, dataset: digits, steps: 3,
                     seeds: [4], samples: 500, measures: [fid, accuracy]}
                """);
        ledger("--only=peer", "--keep-runs", "--python=" + copyist()).done();

        String told = Files.readString(temp.resolve("told.txt"));
        assertThat(told)
                .contains("--variant cgan", "--size 28", "--train 3", "--seed 4", "--count 500")
                .contains("--lr 0.002", "--hidden 256,512,1024", "--ema 0.999");
        Path folder = temp.resolve("scratch/peer-4");
        assertThat(folder.resolve("labels.bin")).hasSize(10_000);
        JsonNode scores = result("peer/4.json").get("scores");
        assertThat(scores.get("fid500-digits-v1").doubleValue()).isBetween(0.0, 2.0);
        // The copies are in the order of the data set, not the classes in turn.
        assertThat(scores.get("accuracy500-digits-v1").doubleValue()).isBetween(0.02, 0.3);
        assertThat(row("peer"))
                .contains("| cgan by PyTorch | digits | 3 | 1 |")
                .contains("| 6 s | 7 s | a small machine, PyTorch 9.9, ");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void should_say_why_pytorch_trains_nothing() throws IOException {
        Path python = temp.resolve("python");
        Files.writeString(
                python, "#!/bin/sh\nif [ \"$1\" = -c ]; then exit 0; fi\necho Ouch >&2\nexit 1\n");
        assertThat(python.toFile().setExecutable(true)).isTrue();
        write(
                """
                  - {name: peer, variant: gan, program: pytorch, dataset: digits, seeds: [0]}
                  - {name: other, variant: lsgan, program: pytorch, dataset: digits, seeds: [0]}
                """);
        Outcome outcome = ledger("--only=peer,other", "--python=" + python);
        assertThat(outcome.status()).isEqualTo(1);
        assertThat(outcome.err())
                .contains("peer seed 0 failed: PyTorch did not end its training: Ouch.")
                .contains("other seed 0 failed: There is no PyTorch script for lsgan.");
        assertThat(ledger("--only=peer", "--python=" + temp.resolve("none")).err())
                .contains("with torch was found; give --python the path of one.");
        write("  - {name: x, variant: gan, program: jax, dataset: ring, seeds: [0]}\n");
        assertThat(ledger().badInput()).contains("has the program 'jax'; it can be pytorch");
    }

    @Test
    void should_say_in_one_line_what_is_wrong() throws IOException {
        assertThat(ledger("--only=nothing").badInput()).contains("called 'nothing'", "--list");
        assertThat(ledger("--seeds=7").badInput()).contains("has the seed 7", "--list");
        assertThat(ledger("--only=real-*", "--seeds=1").badInput()).contains("has the seed 1");
        assertThat(ledger("--jobs=0").badInput()).contains("must be 1 or more");
        write("  - {name: gan-ring, variant: gan, dataset: ring, seeds: [0]}\n");
        assertThat(ledger().badInput()).contains("Two lines of the ledger are called 'gan-ring'");
        write("  - {name: x, variant: gan, dataset: ring}\n");
        assertThat(ledger().badInput()).contains("'x' of the ledger needs variant, dataset and");
        write("  - {name: x, variant: gan, dataset: ring, seeds: [0], stepz: 3}\n");
        assertThat(ledger().badInput()).contains("stepz");
        write(
                "  - {name: x, variant: gan, dataset: ring, seeds: [0], options: {dataset: {name: grid}}}\n");
        assertThat(ledger().badInput()).contains("'x' of the ledger names its data set twice");
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
