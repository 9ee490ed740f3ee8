package io.github.gan4j.bench;

import static org.assertj.core.api.Assertions.assertThat;

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
                .contains("- Some CPU, 2 cores, Linux amd64, 2 threads\n")
                .contains("- gan: Something has to be said.\n")
                .contains("\n| --- | --- |")
                .endsWith(
                        "| gan, 28 px, batch 64 | float32 | 10 | 17, 25 | 1.50x (1.40-1.60) | – |"
                                + " 333, 412 | 25,000, – |\n");
    }
}
