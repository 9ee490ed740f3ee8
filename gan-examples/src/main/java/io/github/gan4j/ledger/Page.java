package io.github.gan4j.ledger;

import io.github.gan4j.bench.Machine;
import io.github.gan4j.evaluation.Report;
import io.github.gan4j.metric.ProtocolName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Writes the page of results, in Markdown. No number on it is typed by hand. */
final class Page {

    private static final String NONE = "–";

    private final Results results;
    private final StringBuilder text = new StringBuilder();

    Page(Results results) {
        this.results = results;
    }

    /** Writes all tables. */
    String write(List<Table> tables) {
        text.setLength(0);
        text.append(
                """
                # Results

                Made by `gan4j ledger` from the configurations in [ledger](ledger) and the results that are kept
                beside them. Each number is the mean over the seeds, +/- the standard deviation between them. A
                column holds numbers of one protocol, which its name tells; see [evaluation.md](evaluation.md).
                `gan4j ledger --only LINE` makes a line again: delete its folder in `ledger/results` first. CPU time is
                what all processors together spent on one training, waiting for a GPU included; wall time has in it whatever
                else the machine did meanwhile, and pauses. Times are means of the seeds that one machine trained, in
                the order of the column "on".
                """);
        tables.forEach(this::write);
        return text.toString();
    }

    private void write(Table table) {
        text.append("\n## ").append(table.title()).append("\n\n");
        if (table.text() != null) {
            text.append(table.text().strip()).append("\n\n");
        }
        Map<Boolean, List<Line>> lines =
                table.lines().stream()
                        .collect(Collectors.partitioningBy(line -> !found(line).isEmpty()));
        if (!lines.get(true).isEmpty()) {
            write(table, lines.get(true));
            text.append(lines.get(false).isEmpty() ? "" : "\n");
        }
        if (!lines.get(false).isEmpty()) {
            text.append(
                    lines.get(false).stream()
                            .map(line -> "`" + line.name() + "`")
                            .collect(Collectors.joining(", ", "Not made yet: ", ".\n")));
        }
    }

    private void write(Table table, List<Line> lines) {
        boolean published = lines.stream().anyMatch(line -> !line.published().isEmpty());
        List<String> head = new ArrayList<>(List.of("line", "variant", "data", "steps", "seeds"));
        table.columns().forEach(column -> head.add("`" + column + "`"));
        if (published) {
            head.add("published");
        }
        head.addAll(List.of("CPU time", "wall time", "on", "commit"));
        row(head);
        row(head.stream().map(cell -> "---").toList());
        for (Line line : lines) {
            row(cells(table, line, published));
        }
        for (Line line : lines) {
            if (line.note() != null) {
                text.append("\n`").append(line.name()).append("`: ").append(line.note().strip());
                text.append("\n");
            }
        }
    }

    private void row(List<String> cells) {
        text.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }

    private List<String> cells(Table table, Line line, boolean published) {
        List<Result> found = found(line);
        List<String> cells = new ArrayList<>();
        cells.add("`" + line.name() + "`");
        cells.add(line.variant() + (line.isOfPyTorch() ? " by PyTorch" : "") + changes(line));
        cells.add(line.dataset());
        cells.add(line.length() == 0 ? NONE : "%,d".formatted(line.length()));
        int wanted = line.seeds().size();
        cells.add(found.size() == wanted ? "" + wanted : found.size() + " of " + wanted);
        for (String column : table.columns()) {
            cells.add(cell(column, values(found, column), found.size()));
        }
        if (published) {
            cells.add(published(line));
        }
        cells.add(times(line, found, Result::trainingCpuSeconds));
        cells.add(times(line, found, Result::trainingSeconds));
        cells.add(each(found, Page::machine));
        cells.add(each(found, Result::commit));
        return cells;
    }

    private List<Result> found(Line line) {
        return line.seeds().stream()
                .map(seed -> results.find(line, seed))
                .flatMap(Optional::stream)
                .toList();
    }

    private static String changes(Line line) {
        List<String> changes = new ArrayList<>();
        line.options().forEach((name, value) -> changes.add(name + "=" + value));
        line.settings().forEach((name, value) -> changes.add(name + "=" + value));
        return changes.isEmpty() ? "" : " (" + String.join(", ", changes) + ")";
    }

    private static List<Double> values(List<Result> found, String column) {
        return found.stream()
                .map(result -> result.scores().get(column))
                .filter(Objects::nonNull)
                .toList();
    }

    private static String cell(String column, List<Double> values, int seeds) {
        if (values.isEmpty()) {
            return NONE;
        }
        Report.Row row = new Report.Row(ProtocolName.parse(column), null, values);
        String mean = Report.format(row.mean());
        String spread = values.size() < 2 ? "" : " +/- " + Report.format(row.deviation());
        // A number that is not finite is not kept, and its seed is not one to hide.
        String of = values.size() < seeds ? " (%d of %d)".formatted(values.size(), seeds) : "";
        return mean + spread + of;
    }

    private static String published(Line line) {
        if (line.published().isEmpty()) {
            return NONE;
        }
        Map<String, List<Line.Published>> bySource =
                line.published().stream()
                        .collect(
                                Collectors.groupingBy(
                                        Line.Published::source,
                                        LinkedHashMap::new,
                                        Collectors.toList()));
        List<String> parts = new ArrayList<>();
        bySource.forEach(
                (source, numbers) ->
                        parts.add(
                                numbers.stream()
                                                .map(
                                                        n ->
                                                                n.column()
                                                                        + " "
                                                                        + Report.format(n.value()))
                                                .collect(Collectors.joining(", "))
                                        + " ("
                                        + source
                                        + ")"));
        return String.join("; ", parts);
    }

    private static String machine(Result result) {
        return result.hardware() + ", " + Machine.threads(result.threads());
    }

    /** The mean on each machine, in the order in which {@link #each} names them. */
    private static String times(Line line, List<Result> found, Function<Result, Double> what) {
        if (line.isReal() || found.isEmpty()) {
            return NONE;
        }
        Map<String, List<Result>> byMachine =
                found.stream()
                        .collect(
                                Collectors.groupingBy(
                                        Page::machine, LinkedHashMap::new, Collectors.toList()));
        return byMachine.values().stream()
                .map(results -> time(results.stream().map(what).filter(Objects::nonNull).toList()))
                .collect(Collectors.joining("; "));
    }

    private static String time(List<Double> known) {
        if (known.isEmpty()) {
            return NONE;
        }
        double seconds = known.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
        return seconds < 90
                ? "%.0f s".formatted(seconds)
                : seconds < 5400
                        ? "%.1f min".formatted(seconds / 60)
                        : "%.1f h".formatted(seconds / 3600);
    }

    private static String each(List<Result> found, Function<Result, String> what) {
        String all = found.stream().map(what).distinct().collect(Collectors.joining("; "));
        return all.isEmpty() ? NONE : all;
    }
}
