package io.github.gan4j.bench;

import static io.github.gan4j.bench.TextTable.format;
import static io.github.gan4j.bench.TextTable.three;

import io.github.gan4j.bench.BenchReport.Side;
import java.util.ArrayList;
import java.util.List;
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
    private final TextTable text = new TextTable();

    BenchTable(BenchReport report) {
        this.report = report;
        header();
        text.line("");
        times();
        text.line("");
        memory();
        text.line("");
        notes();
    }

    private void header() {
        text.line(
                "%s, images of %s, batch %d, %s, %s",
                report.variant(),
                TextTable.product(report.sampleShape()),
                report.batchSize(),
                Machine.threads(report.threads()),
                report.precision());
        Machine machine = report.machine();
        text.line("%s", machine.describeHardware());
        text.line("%s", machine.describeSoftware(report.torch()));
        String counts =
                report.parameters().entrySet().stream()
                        .map(e -> format("%s %,d", e.getKey(), e.getValue()))
                        .collect(Collectors.joining(", "));
        text.line("%s parameters%s", counts, report.sides().size() > 1 ? " on every side" : "");
        text.line(
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
        text.table(rows);
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
        text.table(rows);
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
            text.line("%,.0f MiB of the Java heap are in use.", ours.end().heapMb());
        }
        report.notes().forEach(note -> text.line("%s", note));
        for (Side side : report.sides()) {
            Double idle = side.coresBusyWhenIdle();
            if (idle != null && idle > TOLERATED_CORES) {
                text.line(
                        "Take care: %s kept %.2f cores busy in the turns of others.",
                        side.name(), idle);
            }
            Double busy = side.coresBusy();
            // Where a GPU computes, threads have little to do.
            boolean computes = report.machine().gpu() == null;
            if (computes && busy != null && busy < EXPECTED_SHARE * usableThreads()) {
                text.line(
                        "Take care: %s had %.2f cores of %d; was another program busy?",
                        side.name(), busy, usableThreads());
            }
        }
    }

    private int usableThreads() {
        return Math.min(report.threads(), report.machine().cores());
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
