package io.github.gan4j.cli;

import io.github.gan4j.evaluation.Report;
import java.io.PrintWriter;
import java.util.List;

/** Prints measured numbers, each with the name that tells how it was measured. */
final class ScoreTable {

    private ScoreTable() {}

    static void print(Report report, PrintWriter out) {
        List<Report.Row> rows = report.getRows();
        boolean spread = rows.stream().anyMatch(row -> row.values().size() > 1);
        int width =
                rows.stream().mapToInt(row -> row.protocol().measure().length()).max().orElse(7);
        String format =
                "  %-"
                        + Math.max(7, width)
                        + "s  %10s"
                        + (spread ? "  %10s" : "%s")
                        + "  %-6s  %s%n";
        out.printf(format, "measure", "value", spread ? "+/-" : "", "better", "protocol");
        for (Report.Row row : rows) {
            String better =
                    switch (row.better()) {
                        case LOWER -> "lower";
                        case HIGHER -> "higher";
                        case UNSAID -> "";
                    };
            out.printf(
                    format,
                    row.protocol().measure(),
                    Report.format(row.mean()),
                    row.values().size() > 1 ? Report.format(row.deviation()) : "",
                    better,
                    row.protocol());
        }
    }
}
