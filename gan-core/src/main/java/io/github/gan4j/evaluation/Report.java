package io.github.gan4j.evaluation;

import io.github.gan4j.metric.ProtocolName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The scores of one or more evaluations, by protocol: mean and spread. */
public final class Report {

    private final Map<ProtocolName, Row> rows = new LinkedHashMap<>();

    /** Starts with nothing. */
    public Report() {}

    /**
     * The numbers of one protocol.
     *
     * @param protocol how they were measured
     * @param better which way is good
     * @param values a number for each evaluation
     */
    public record Row(ProtocolName protocol, Score.Better better, List<Double> values) {

        /**
         * Returns the mean.
         *
         * @return the mean over the evaluations
         */
        public double mean() {
            return new Spread(values).mean();
        }

        /**
         * Returns the spread.
         *
         * @return the standard deviation over the evaluations, by n - 1; NaN of fewer than two
         */
        public double deviation() {
            return new Spread(values).deviation();
        }
    }

    /**
     * Adds an evaluation.
     *
     * @param scores its scores
     */
    public void add(List<Score> scores) {
        for (Score score : scores) {
            rows.computeIfAbsent(
                            score.protocol(),
                            protocol -> new Row(protocol, score.better(), new ArrayList<>()))
                    .values()
                    .add(score.value());
        }
    }

    /**
     * Returns the numbers.
     *
     * @return a row for each protocol, in the order in which they came
     */
    public List<Row> getRows() {
        return List.copyOf(rows.values());
    }

    /**
     * Returns the numbers for a JSON file.
     *
     * @return for each protocol by its name the mean, the deviation and the values; a number that
     *     is not finite is {@code null}
     */
    public Map<String, Object> toTree() {
        Map<String, Object> tree = new LinkedHashMap<>();
        for (Row row : rows.values()) {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("mean", finite(row.mean()));
            if (row.values().size() > 1) {
                entry.put("deviation", finite(row.deviation()));
                entry.put("values", row.values().stream().map(Report::finite).toList());
            }
            entry.put("better", row.better().name().toLowerCase(Locale.ROOT));
            tree.put(row.protocol().toString(), entry);
        }
        return tree;
    }

    /**
     * Writes a number for people.
     *
     * @param value the number
     * @return four digits that matter, and no more than four decimals; a dash for what is no number
     */
    public static String format(double value) {
        double size = Math.abs(value);
        if (!Double.isFinite(value)) {
            return "-";
        }
        if (size == Math.rint(size) && size < 1e6) {
            return String.format(Locale.ROOT, "%.0f", value);
        }
        int decimals = size >= 1000 ? 0 : size >= 100 ? 1 : size >= 10 ? 2 : size >= 1 ? 3 : 4;
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }

    private static Double finite(double value) {
        return Double.isFinite(value) ? value : null;
    }
}
