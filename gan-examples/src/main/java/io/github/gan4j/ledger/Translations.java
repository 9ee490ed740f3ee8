package io.github.gan4j.ledger;

import ai.djl.Device;
import io.github.gan4j.Direction;
import io.github.gan4j.data.TranslationDataset;
import io.github.gan4j.evaluation.Score;
import io.github.gan4j.evaluation.TranslationEvaluation;
import io.github.gan4j.metric.ProtocolName;
import io.github.gan4j.metric.TranslationScores;
import io.github.gan4j.run.TrainedTranslator;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Scores of a model that translates, on held-out pairs, beside what takes no learning. */
final class Translations {

    private Translations() {}

    /**
     * Measures all directions of a run.
     *
     * @param folder the run folder
     * @param device where its generators compute
     * @return for instance {@code ssim202-emoji-AtoB}; {@code ssim-input202-emoji-AtoB} if nothing
     *     is done, {@code ssim-nearest202-emoji-AtoB} by a look-up in the training set
     */
    static List<Score> measure(Path folder, Device device) {
        TranslationDataset pictures = TranslationEvaluation.open(folder);
        List<Score> scores = new ArrayList<>();
        for (Direction direction : TrainedTranslator.directions(folder)) {
            try (TrainedTranslator translator = TrainedTranslator.open(folder, direction, device)) {
                TranslationEvaluation evaluation =
                        TranslationEvaluation.of(translator, direction, pictures);
                String data = pictures.getName() + "-" + direction;
                add(scores, evaluation, TranslationEvaluation.TRANSLATED, "", data);
                add(scores, evaluation, TranslationEvaluation.INPUT, "-input", data);
                add(scores, evaluation, TranslationEvaluation.NEAREST, "-nearest", data);
            }
        }
        return scores;
    }

    private static void add(
            List<Score> scores,
            TranslationEvaluation evaluation,
            String of,
            String suffix,
            String data) {
        Map<String, Double> values = evaluation.scores().get(of);
        TranslationScores.getMeasures()
                .forEach(
                        (measure, lower) -> {
                            ProtocolName protocol =
                                    new ProtocolName(
                                            measure + suffix, evaluation.pairs(), data, false);
                            Score.Better better = lower ? Score.Better.LOWER : Score.Better.HIGHER;
                            scores.add(new Score(protocol, better, values.get(measure)));
                        });
    }
}
