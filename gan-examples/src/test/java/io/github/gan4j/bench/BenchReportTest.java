package io.github.gan4j.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.gan4j.InvalidInputException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchReportTest {

    private static final Machine MACHINE =
            new Machine("Some CPU", null, 2, "Linux amd64", "17.0.1", "0.35.1", "2.7.1");

    static final BenchReport.Side OURS =
            new BenchReport.Side(
                    "gan4j",
                    new Statistics(17.04, 16, 1234.5),
                    new Statistics(17.1, 16.5, 18),
                    3742.7,
                    null,
                    25_000.0,
                    new Memory(300.0, 310.0, 20.0, 58),
                    new Memory(303.0, 333.4, 21.0, 60),
                    1.9,
                    0.0,
                    List.of(16.5, 17.1, 18.0));

    static final BenchReport.Side THEIRS =
            new BenchReport.Side(
                    "PyTorch eager",
                    new Statistics(25, 24, 30),
                    new Statistics(25.6, 25, 26),
                    2500,
                    new Statistics(1.497, 1.4, 1.6),
                    null,
                    new Memory(null, null, null, null),
                    new Memory(null, 412.0, null, null),
                    1.0,
                    0.5,
                    List.of(25.0, 25.6, 26.0));

    static BenchReport report(String torch, BenchReport.Side... sides) {
        return report("cpu", MACHINE, torch, sides);
    }

    static BenchReport reportOnGpu(BenchReport.Side... sides) {
        Machine machine =
                new Machine("Some CPU", "Some GPU", 2, "Linux amd64", "17.0.1", "0.35.1", "2.7.1");
        return report("gpu:1", machine, "2.13.0", sides);
    }

    private static BenchReport report(
            String device, Machine machine, String torch, BenchReport.Side... sides) {
        return new BenchReport(
                "gan",
                new long[] {1, 28, 28},
                64,
                device,
                2,
                "float32",
                Map.of("latentSize", 100),
                new TreeMap<>(Map.of("generator", 1_489_424L, "discriminator", 533_505L)),
                2000,
                10,
                200,
                machine,
                torch,
                List.of(sides),
                List.of("Something has to be said."));
    }

    @Test
    void should_lay_a_comparison_out() {
        assertThat(report("2.13.0", OURS, THEIRS).toText().lines())
                .containsExactly(
                        "gan, images of 1 x 28 x 28, batch 64, 2 threads, float32",
                        "Some CPU, 2 cores, Linux amd64",
                        "Java 17.0.1, DJL 0.35.1 with libtorch 2.7.1; PyTorch 2.13.0",
                        "discriminator 533,505, generator 1,489,424 parameters on every side",
                        "2,000 steps in 10 rounds, taking turns",
                        "",
                        "               ms a step   min      max  images/s  gan4j is faster by"
                                + "    min    max",
                        "gan4j               17.0  16.0  1,234.5     3,743",
                        "PyTorch eager       25.0  24.0     30.0     2,500               1.50x"
                                + "  1.40x  1.60x",
                        "",
                        "               MiB after 200  after 2,000  growth  peak  native arrays"
                                + "  generates/s",
                        "gan4j                    300          303  +1.0 %   333    58, then 60"
                                + "       25,000",
                        "PyTorch eager      not known    not known           412",
                        "",
                        "Something has to be said.",
                        "Take care: PyTorch eager kept 0.50 cores busy in the turns of others.",
                        "Take care: PyTorch eager had 1.00 cores of 2; was another program busy?");
    }

    @Test
    void should_lay_gan4j_alone_out() {
        String text = report(null, OURS).toText();
        assertThat(text)
                .contains("DJL 0.35.1 with libtorch 2.7.1" + System.lineSeparator())
                .contains("2,000 steps in 10 rounds" + System.lineSeparator())
                .doesNotContain("faster")
                .doesNotContain("PyTorch");
    }

    @Test
    void should_name_the_gpu() throws IOException {
        BenchReport report = reportOnGpu(OURS, THEIRS);
        assertThat(report.toText().lines())
                .contains("Some GPU, Some CPU, 2 cores, Linux amd64")
                .noneMatch(line -> line.contains("was another program busy?"));
        JsonNode json = new ObjectMapper().readTree(report.toJson());
        assertThat(json.path("device").asText()).isEqualTo("gpu:1");
        assertThat(json.at("/machine/gpu").asText()).isEqualTo("Some GPU");
        assertThat(report.machine().processor()).isEqualTo("Some GPU");
    }

    @Test
    void should_leave_out_of_json_what_is_not_known() throws IOException {
        JsonNode json = new ObjectMapper().readTree(report("2.13.0", OURS, THEIRS).toJson());
        assertThat(json.path("torch").asText()).isEqualTo("2.13.0");
        assertThat(json.at("/machine/cores").asInt()).isEqualTo(2);
        assertThat(json.path("machine").has("gpu")).isFalse();
        assertThat(json.at("/sides/1/fasterBy/median").asDouble()).isEqualTo(1.497);
        assertThat(json.at("/sides/0").has("fasterBy")).isFalse();
        assertThat(json.at("/sides/1/end/peakMb").asDouble()).isEqualTo(412);
        assertThat(json.at("/sides/1/end").has("residentMb")).isFalse();
    }

    @Test
    void should_refuse_a_file_that_cannot_be_written(@TempDir Path folder) {
        assertThatThrownBy(() -> report(null, OURS).writeJson(folder))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("choose another file with --json");
    }
}
