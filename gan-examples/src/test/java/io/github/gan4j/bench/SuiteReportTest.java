package io.github.gan4j.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.gan4j.InvalidInputException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SuiteReportTest {

    private static final BenchReport COMPARED =
            BenchReportTest.report("2.13.0", BenchReportTest.OURS, BenchReportTest.THEIRS);
    private static final BenchReport ALONE = BenchReportTest.report(null, BenchReportTest.OURS);

    @Test
    void should_have_a_row_for_each_report() {
        assertThat(new SuiteReport(List.of(COMPARED, ALONE)).toText().lines())
                .startsWith(
                        "Some CPU, 2 cores, Linux amd64, 2 threads",
                        "Java 17.0.1, DJL 0.35.1 with libtorch 2.7.1; PyTorch 2.13.0")
                .anyMatch(
                        line ->
                                line.matches(
                                        "gan, 28 px, batch 64 +float32 +10 +17, 25 +1.50x"
                                                + " \\(1.40-1.60\\) +– +333, 412 +25,000, –"))
                .anyMatch(
                        line ->
                                line.matches(
                                        "gan, 28 px, batch 64 +float32 +10 +17 +– +– +333"
                                                + " +25,000"));
    }

    @Test
    void should_be_a_page_of_markdown() {
        assertThat(new SuiteReport(List.of(COMPARED)).toMarkdown())
                .startsWith("# Speed and memory beside PyTorch\n")
                .contains("Eager PyTorch computes in float32 in all rows")
                .contains("the settings of gan4j's launcher (one arena, large pages)")
                .contains("- Some CPU, 2 cores, Linux amd64, 2 threads\n")
                .contains("- gan: Something has to be said.\n")
                .contains("\n| --- | --- |")
                .endsWith(
                        "| gan, 28 px, batch 64 | float32 | 10 | 17, 25 | 1.50x (1.40-1.60) | – |"
                                + " 333, 412 | 25,000, – |\n");
    }

    @Test
    void should_show_parts_of_a_millisecond_where_steps_are_short() {
        BenchReport.Side ours = BenchReportTest.OURS;
        BenchReport.Side quick =
                new BenchReport.Side(
                        ours.name(),
                        new Statistics(1.234, 1, 2),
                        ours.turnMilliseconds(),
                        ours.imagesPerSecond(),
                        null,
                        null,
                        ours.early(),
                        ours.end(),
                        null,
                        null,
                        ours.rounds());
        assertThat(new SuiteReport(List.of(BenchReportTest.report(null, quick))).toMarkdown())
                .contains("| float32 | 10 | 1.23 | ");
    }

    @Test
    void should_say_how_a_page_of_a_gpu_is_made() {
        BenchReport report = BenchReportTest.reportOnGpu(BenchReportTest.OURS);
        assertThat(new SuiteReport(List.of(report)).toMarkdown())
                .contains("`gan4j bench --all --device gpu:1 --page docs/benchmarks.md`")
                .contains("- Some GPU, Some CPU, 2 cores, Linux amd64, 2 threads\n");
    }

    @Test
    void should_measure_each_line_in_a_process_of_its_own() {
        List<String> progress = new ArrayList<>();
        BenchOptions options =
                BenchOptionsTest.parse(
                        "--all", "--steps", "1", "--warm-up", "0", "--no-python", "--threads", "1");
        SuiteReport report =
                BenchSuite.run(List.of(new BenchSuite.Line("gan", 8, 100)), options, progress::add);

        assertThat(report.reports().get(0).variant()).isEqualTo("gan");
        assertThat(report.reports().get(0).precision()).isEqualTo("float32");
        assertThat(report.reports().get(0).device()).isEqualTo("cpu");
        assertThat(report.reports().get(0).sampleShape()).containsExactly(1, 8, 8);
        assertThat(report.reports().get(0).sides().get(0).generatedPerSecond()).isPositive();
        assertThat(progress).contains("gan, 8 pixels, float32");
        assertThatThrownBy(
                        () ->
                                BenchSuite.run(
                                        List.of(new BenchSuite.Line("dcgan", 17, 1)),
                                        options,
                                        progress::add))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("dcgan of 17 pixels could not be measured, see above.");
    }
}
