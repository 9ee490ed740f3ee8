package io.github.gan4j.bench;

import static io.github.gan4j.bench.TextTable.format;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The figures of all variants that can be compared.
 *
 * @param reports a report for each variant, size and precision
 */
public record SuiteReport(List<BenchReport> reports) implements Figures {

    private static final String NONE = "–";

    @Override
    public String toText() {
        TextTable text = new TextTable();
        machineLines().forEach(line -> text.line("%s", line));
        text.line("");
        text.table(rows());
        return text.toString();
    }

    /**
     * Returns the table as a page of Markdown.
     *
     * @return the page
     */
    public String toMarkdown() {
        boolean onCpu = reports.stream().allMatch(report -> "cpu".equals(report.device()));
        String device = onCpu ? "" : " --device " + reports.get(0).device();
        StringBuilder page = new StringBuilder(4096);
        page.append(
                """
                # Speed and memory beside PyTorch

                Made by `gan4j bench --all%s --page docs/benchmarks.md`. gan4j, PyTorch as its users write it (*eager*) and
                PyTorch with the work saved that can be (*lean*) train the same networks and take turns. A ratio says how
                many times as long PyTorch took in the same round: the median over the rounds, the least and the greatest.
                Eager PyTorch computes in float32 in all rows, and allocates memory as Python does; gan4j and lean PyTorch have
                the settings of gan4j's launcher (one arena, large pages).
                Memory is the peak of each side's whole process, in MiB; pictures are those generated in a second. What lies
                behind the figures is told in [performance.md](performance.md).

                """
                        .formatted(device));
        machineLines().forEach(line -> page.append("- ").append(line).append('\n'));
        page.append('\n');
        List<List<String>> rows = rows();
        rows.add(1, rows.get(0).stream().map(cell -> "---").toList());
        rows.forEach(row -> page.append("| ").append(String.join(" | ", row)).append(" |\n"));
        return page.toString();
    }

    private List<String> machineLines() {
        Set<String> lines = new LinkedHashSet<>();
        for (BenchReport report : reports) {
            Machine machine = report.machine();
            lines.add(machine.describeHardware() + ", " + Machine.threads(report.threads()));
            lines.add(machine.describeSoftware(report.torch()));
        }
        for (BenchReport report : reports) {
            report.notes().forEach(note -> lines.add(report.variant() + ": " + note));
        }
        return List.copyOf(lines);
    }

    private List<List<String>> rows() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(
                List.of(
                        "variant",
                        "precision",
                        "rounds",
                        "ms a step: gan4j, eager, lean",
                        "faster than eager",
                        "than lean",
                        "peak: gan4j, eager, lean",
                        "pictures: gan4j, eager, lean"));
        reports.forEach(report -> rows.add(row(report)));
        return rows;
    }

    private static List<String> row(BenchReport report) {
        List<BenchReport.Side> sides = report.sides();
        return List.of(
                "%s, %d px, batch %d"
                        .formatted(report.variant(), report.sampleShape()[1], report.batchSize()),
                report.precision(),
                Integer.toString(report.rounds()),
                each(sides, side -> milliseconds(side.stepMilliseconds().median())),
                sides.size() > 1 ? ratio(sides.get(1)) : NONE,
                sides.size() > 2 ? ratio(sides.get(2)) : NONE,
                each(sides, side -> number(side.end().peakMb())),
                each(sides, side -> number(side.generatedPerSecond())));
    }

    private static String each(
            List<BenchReport.Side> sides, Function<BenchReport.Side, String> figure) {
        return sides.stream().map(figure).collect(Collectors.joining(", "));
    }

    /** A step on a GPU takes a few milliseconds. */
    private static String milliseconds(double value) {
        return format(value < 10 ? "%.2f" : "%,.0f", value);
    }

    private static String number(Double value) {
        return value == null ? NONE : format("%,.0f", value);
    }

    private static String ratio(BenchReport.Side side) {
        Statistics ratio = side.fasterBy();
        return format("%.2fx (%.2f-%.2f)", ratio.median(), ratio.min(), ratio.max());
    }
}
