package io.github.gan4j.cli;

import ai.djl.Device;
import io.github.gan4j.Direction;
import io.github.gan4j.data.TranslationDataset;
import io.github.gan4j.evaluation.TranslationEvaluation;
import io.github.gan4j.metric.TranslationScores;
import io.github.gan4j.run.TrainedTranslator;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Measures the translations of a run, and prints them beside what takes no learning. */
final class TranslationTable {

    private static final List<String> COLUMNS =
            List.of(
                    TranslationEvaluation.TRANSLATED,
                    TranslationEvaluation.INPUT,
                    TranslationEvaluation.NEAREST);

    private TranslationTable() {}

    /**
     * Measures all directions of a run.
     *
     * @param run the run folder, which translates
     * @param device where its generators compute
     * @param json where the numbers go as JSON
     * @param out where the table goes
     */
    static void print(Path run, Device device, Path json, PrintWriter out) {
        TranslationDataset pictures = TranslationEvaluation.open(run);
        Map<String, Object> results = new LinkedHashMap<>();
        for (Direction direction : TrainedTranslator.directions(run)) {
            try (TrainedTranslator translator = TrainedTranslator.open(run, direction, device)) {
                TranslationEvaluation evaluation =
                        TranslationEvaluation.of(translator, direction, pictures);
                print(evaluation, pictures.getName(), out);
                Map<String, Object> result = new LinkedHashMap<>();
                result.put("pairs", evaluation.pairs());
                result.putAll(evaluation.scores());
                results.put(direction.toString(), result);
            }
        }
        try {
            JsonFile.write(json, results);
        } catch (IOException e) {
            throw Outputs.unwritten(json, e);
        }
        out.printf(
                "%ntranslated: what the run makes of the input; input: the input itself, nothing"
                        + " done; nearest: the nearest of the training pictures.%nNumbers in %s%n",
                json);
        out.flush();
    }

    private static void print(TranslationEvaluation evaluation, String dataset, PrintWriter out) {
        out.printf(
                "%s %s, mean of %,d held-out pairs:%n",
                dataset, evaluation.direction(), evaluation.pairs());
        out.printf("  %-8s  %-6s  %10s  %10s  %10s%n", row("measure", "better", COLUMNS));
        TranslationScores.getMeasures()
                .forEach(
                        (measure, lower) -> {
                            List<String> values =
                                    COLUMNS.stream()
                                            .map(c -> evaluation.scores().get(c).get(measure))
                                            .map("%.4f"::formatted)
                                            .toList();
                            out.printf(
                                    "  %-8s  %-6s  %10s  %10s  %10s  %s%n",
                                    row(
                                            measure,
                                            lower ? "lower" : "higher",
                                            values,
                                            verdict(evaluation, measure, lower)));
                        });
    }

    private static Object[] row(String name, String better, List<String> values, String... more) {
        Object[] row = new Object[2 + values.size() + more.length];
        row[0] = name;
        row[1] = better;
        for (int i = 0; i < values.size(); i++) {
            row[2 + i] = values.get(i);
        }
        System.arraycopy(more, 0, row, 2 + values.size(), more.length);
        return row;
    }

    /** Says what learning does not beat. */
    private static String verdict(
            TranslationEvaluation evaluation, String measure, boolean lowerBetter) {
        double learnt = evaluation.scores().get(TranslationEvaluation.TRANSLATED).get(measure);
        List<String> unbeaten =
                COLUMNS.stream()
                        .skip(1)
                        .filter(
                                column -> {
                                    double plain = evaluation.scores().get(column).get(measure);
                                    return lowerBetter ? learnt >= plain : learnt <= plain;
                                })
                        .toList();
        return unbeaten.isEmpty() ? "" : "no better than " + String.join(" and ", unbeaten);
    }
}
