package io.github.gan4j.bench;

import io.github.gan4j.bench.BenchReport.Side;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Lays the figures of a benchmark out as text. */
final class BenchTable {

    /** A side that is busier than this in the turns of others disturbs them. */
    private static final double TOLERATED_CORES = 0.05;

    /** Below this share of its threads, a side was waiting: for another program, or for data. */
    private static final double EXPECTED_SHARE = 0.8;

    private static final String UNKNOWN = "not known";

    private final BenchReport report;
    private final StringBuilder text = new StringBuilder(2048);

    BenchTable(BenchReport report) {
        this.report = report;
        header();
        line("");
        times();
        line("");
        memory();
        line("");
        notes();
    }

    private void header() {
        String shape =
                Arrays.stream(report.sampleShape())
                        .mapToObj(Long::toString)
                        .collect(Collectors.joining(" x "));
        line(
                "%s, images of %s, batch %d, %d thread%s, float32",
                report.variant(),
                shape,
                report.batchSize(),
                report.threads(),
                report.threads() == 1 ? "" : "s");
        Machine machine = report.machine();
        line(
                "%s, %d core%s, %s",
                machine.cpu(), machine.cores(), machine.cores() == 1 ? "" : "s", machine.system());
        String torch = report.torch() == null ? "" : "; PyTorch " + report.torch();
        line(
                "Java %s, DJL %s with libtorch %s%s",
                machine.java(), machine.djl(), machine.libtorch(), torch);
        String counts =
                report.parameters().entrySet().stream()
                        .map(e -> format("%s %,d", e.getKey(), e.getValue()))
                        .collect(Collectors.joining(", "));
        line("%s parameters%s", counts, report.sides().size() > 1 ? " on every side" : "");
        line(
                "%,d steps in %d round%s%s",
                report.steps(),
                report.rounds(),
                report.rounds() == 1 ? "" : "s",
                report.sides().size() > 1 ? ", taking turns" : "");
    }

    private void times() {
        List<String> heads = new ArrayList<>(List.of("", "ms a step", "min", "max", "images/s"));
        boolean compared = report.sides().size() > 1;
        if (compared) {
            heads.addAll(List.of("gan4j is faster by", "min", "max"));
        }
        List<List<String>> rows = new ArrayList<>();
        rows.add(heads);
        for (Side side : report.sides()) {
            Statistics step = side.stepMilliseconds();
            List<String> row = new ArrayList<>();
            row.add(side.name());
            row.addAll(three(step, "%,.1f", ""));
            row.add(format("%,.0f", side.imagesPerSecond()));
            if (compared && side.fasterBy() == null) {
                row.addAll(List.of("", "", ""));
            } else if (compared) {
                row.addAll(three(side.fasterBy(), "%.2f", "x"));
            }
            rows.add(row);
        }
        table(rows);
    }

    private static List<String> three(Statistics values, String format, String unit) {
        return List.of(
                format(format, values.median()) + unit,
                format(format, values.min()) + unit,
                format(format, values.max()) + unit);
    }

    private void memory() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(
                List.of(
                        "",
                        format("MiB after %,d", report.earlySteps()),
                        format("after %,d", report.steps()),
                        "growth",
                        "peak",
                        "native arrays",
                        "generates/s"));
        for (Side side : report.sides()) {
            rows.add(
                    List.of(
                            side.name(),
                            megabytes(side.early(), Memory::residentMb),
                            megabytes(side.end(), Memory::residentMb),
                            growth(side),
                            megabytes(side.end(), Memory::peakMb),
                            side.end().liveArrays() == null ? "" : arrays(side),
                            side.generatedPerSecond() == null
                                    ? ""
                                    : format("%,.0f", side.generatedPerSecond())));
        }
        table(rows);
    }

    private static String megabytes(Memory memory, Function<Memory, Double> which) {
        Double value = which.apply(memory);
        return value == null ? UNKNOWN : format("%,.0f", value);
    }

    private static String growth(Side side) {
        Double early = side.early().residentMb();
        Double end = side.end().residentMb();
        return early == null || end == null ? "" : format("%+.1f %%", 100 * (end / early - 1));
    }

    private static String arrays(Side side) {
        int early = side.early().liveArrays();
        int end = side.end().liveArrays();
        return early == end ? format("%,d", end) : format("%,d, then %,d", early, end);
    }

    private void notes() {
        Side ours = report.sides().get(0);
        if (ours.end().residentMb() == null && ours.end().heapMb() != null) {
            line("%,.0f MiB of the Java heap are in use.", ours.end().heapMb());
        }
        report.notes().forEach(note -> line("%s", note));
        for (Side side : report.sides()) {
            Double idle = side.coresBusyWhenIdle();
            if (idle != null && idle > TOLERATED_CORES) {
                line(
                        "Take care: %s kept %.2f cores busy in the turns of others.",
                        side.name(), idle);
            }
            Double busy = side.coresBusy();
            if (busy != null && busy < EXPECTED_SHARE * usableThreads()) {
                line(
                        "Take care: %s had %.2f cores of %d; was another program busy?",
                        side.name(), busy, usableThreads());
            }
        }
    }

    private int usableThreads() {
        return Math.min(report.threads(), report.machine().cores());
    }

    /** The first column is aligned to the left, the others to the right. */
    private void table(List<List<String>> rows) {
        int columns = rows.get(0).size();
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder(100);
            for (int i = 0; i < columns; i++) {
                line.append(i == 0 ? "" : "  ");
                line.append(
                        format(
                                "%" + (i == 0 ? "-" : "") + Math.max(1, widths[i]) + "s",
                                row.get(i)));
            }
            line("%s", line.toString().stripTrailing());
        }
    }

    private void line(String format, Object... values) {
        text.append(format(format, values)).append(System.lineSeparator());
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    @Override
    public String toString() {
        return text.toString().stripTrailing() + System.lineSeparator();
    }
}
