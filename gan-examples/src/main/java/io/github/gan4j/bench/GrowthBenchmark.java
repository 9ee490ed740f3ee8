package io.github.gan4j.bench;

import io.github.gan4j.InvalidInputException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Measures how the time of a step grows with the batch, the size of pictures and the width. */
final class GrowthBenchmark {

    private static final double[] FACTORS = {0.25, 0.5, 1, 2};

    /** Variants take few sizes; 28 and 32 pixels are 7 to 8. */
    private static final double[] SIDES = {0.25, 0.5, 0.875, 1, 2, 4};

    private static final int ROUNDS = 5;

    /** The length of a turn of the slowest. */
    private static final double TURN_MILLISECONDS = 1500;

    private final BenchOptions options;
    private final Workload middle;
    private final Consumer<String> progress;

    GrowthBenchmark(BenchOptions options, Consumer<String> progress) {
        this.options = options;
        this.middle = Workload.of(options);
        this.progress = progress;
    }

    /** One thing to measure. */
    private record Candidate(String label, double units, BenchOptions options) {}

    GrowthReport run() {
        List<Growth> growths = new ArrayList<>();
        String batch = "batch";
        growths.add(Growth.line(batch, "sample", measure(batch, batches())));
        String side = "side of the pictures";
        growths.add(Growth.power(side, "pixel", measure(side, sizes())));
        String width = "width of the networks";
        growths.add(Growth.line(width, "square of the width", measure(width, widths())));
        return GrowthReport.of(middle, growths);
    }

    private List<Candidate> batches() {
        List<Candidate> candidates = new ArrayList<>();
        for (double factor : FACTORS) {
            int batch = (int) Math.max(1, Math.round(middle.batchSize() * factor));
            BenchOptions changed = options.copy();
            changed.batchSize = batch;
            candidates.add(new Candidate("" + batch, batch, changed));
        }
        return candidates;
    }

    private List<Candidate> sizes() {
        List<Candidate> candidates = new ArrayList<>();
        int side = (int) middle.samples().shape().get(1);
        for (double factor : SIDES) {
            int size = (int) Math.round(side * factor);
            BenchOptions changed = options.copy();
            changed.size = size;
            candidates.add(new Candidate(size + " x " + size, (double) size * size, changed));
        }
        return candidates;
    }

    private List<Candidate> widths() {
        List<Candidate> candidates = new ArrayList<>();
        for (double factor : FACTORS) {
            BenchOptions changed = options.copy();
            changed.settings = new LinkedHashMap<>(options.settings);
            middle.settings().forEach((key, value) -> widen(key, value, factor, changed.settings));
            candidates.add(new Candidate(factor + " x", factor * factor, changed));
        }
        return candidates;
    }

    /** The settings of widths are called {@code ..Filters} and {@code ..Units} in all variants. */
    private static void widen(
            String key, Object value, double factor, Map<String, String> settings) {
        if (key.endsWith("Filters") && value instanceof Number filters) {
            settings.put(key, Long.toString(scaled(filters, factor)));
        } else if (key.endsWith("Units") && value instanceof List<?> units) {
            settings.put(
                    key, units.stream().map(u -> scaled((Number) u, factor)).toList().toString());
        }
    }

    private static long scaled(Number width, double factor) {
        return Math.max(1, Math.round(width.doubleValue() * factor));
    }

    private List<Growth.Point> measure(String quantity, List<Candidate> candidates) {
        List<Candidate> measured = new ArrayList<>();
        List<OurContestant> contestants = new ArrayList<>();
        try {
            // The slowest first: the length of turns is planned by the first.
            for (int i = candidates.size() - 1; i >= 0; i--) {
                Candidate candidate = candidates.get(i);
                try {
                    Workload work = Workload.of(candidate.options());
                    contestants.add(new OurContestant(candidate.label(), work));
                    measured.add(candidate);
                } catch (InvalidInputException e) {
                    progress.accept("left out: " + e.getMessage());
                }
            }
            if (measured.size() < 2) {
                throw new InvalidInputException(
                        "The %s cannot be changed here; try another --size or --batch-size."
                                .formatted(quantity));
            }
            progress.accept("growing with the " + quantity);
            Turns turns = new Turns(contestants, Turns.PAUSE, progress);
            double slowest = turns.warmUp(options.warmUpSteps(), null);
            int steps = Plan.stepsOfTurn(TURN_MILLISECONDS, slowest, 100);
            int rounds = options.rounds == null ? ROUNDS : options.rounds;
            turns.play(new Plan(rounds * steps, rounds, 0));
            List<Growth.Point> points = new ArrayList<>();
            for (int i = measured.size() - 1; i >= 0; i--) {
                Candidate candidate = measured.get(i);
                Statistics times = Statistics.of(turns.getScores().get(i).rounds);
                points.add(new Growth.Point(candidate.label(), candidate.units(), times));
            }
            return points;
        } finally {
            contestants.forEach(OurContestant::close);
        }
    }
}
