package io.github.gan4j.evaluation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.gan4j.Direction;
import io.github.gan4j.InvalidInputException;
import io.github.gan4j.data.TranslationDataset;
import io.github.gan4j.metric.Images;
import io.github.gan4j.metric.TranslationScores;
import io.github.gan4j.run.TrainedTranslator;
import io.github.gan4j.torch.Torch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How good the translations of held-out pictures are, whose truth is known, and how good they would
 * be without any learning.
 *
 * @param direction which way was translated
 * @param pairs the number of held-out pairs
 * @param scores the measures of {@link TranslationScores} by name, of what is translated ({@link
 *     #TRANSLATED}), of the input itself ({@link #INPUT}), and of a look-up in the training set
 *     ({@link #NEAREST})
 */
public record TranslationEvaluation(
        Direction direction, int pairs, Map<String, Map<String, Double>> scores) {

    /** What the generator makes of the input. */
    public static final String TRANSLATED = "translated";

    /** The input itself: nothing was done. */
    public static final String INPUT = "input";

    /**
     * The nearest picture of the training set: of pairs the partner of the input's nearest
     * neighbour, else the input's nearest neighbour in the target domain.
     */
    public static final String NEAREST = "nearest";

    private static final int BATCH = 50;

    /**
     * Translates and measures.
     *
     * @param translator the trained generator
     * @param direction which way it translates
     * @param training what it was trained on, with a held-out part
     * @return the scores
     * @throws InvalidInputException if there is no held-out part, or it does not hold pairs
     */
    public static TranslationEvaluation of(
            TrainedTranslator translator, Direction direction, TranslationDataset training) {
        TranslationDataset test =
                training.getTest()
                        .filter(TranslationDataset::isPaired)
                        .orElseThrow(
                                () ->
                                        new InvalidInputException(
                                                "The data set '%s' holds out no pairs, so the truth is not known: add folders testA and testB with pictures of equal names."
                                                        .formatted(training.getName())));
        int from = direction.getSource();
        int to = direction.getTarget();
        long channels = shape(test, to).get(0);
        Images truth = read(test, to, channels);
        Map<String, Map<String, Double>> scores = new LinkedHashMap<>();
        Images translated = collect(test, from, translator::translate);
        scores.put(TRANSLATED, TranslationScores.measure(truth, translated));
        scores.put(INPUT, TranslationScores.measure(truth, read(test, from, channels)));
        Images known = read(training, training.isPaired() ? from : to, channels);
        int[] nearest = TranslationScores.nearest(read(test, from, channels), known);
        Images answers = read(training, to, channels).select(nearest);
        scores.put(NEAREST, TranslationScores.measure(truth, answers));
        return new TranslationEvaluation(direction, truth.getCount(), scores);
    }

    private static Shape shape(TranslationDataset dataset, int domain) {
        return domain == 0 ? dataset.getShapeA() : dataset.getShapeB();
    }

    /** Reads all pictures of a domain, grey ones as colours or the other way where needed. */
    private static Images read(TranslationDataset dataset, int domain, long channels) {
        long own = shape(dataset, domain).get(0);
        return collect(
                dataset,
                domain,
                picture ->
                        own == channels
                                ? picture
                                : own == 1
                                        ? picture.repeat(1, channels)
                                        : picture.mean(new int[] {1}, true));
    }

    private static Images collect(TranslationDataset dataset, int domain, Change change) {
        int count = Math.toIntExact(dataset.size());
        float[] values = null;
        Shape shape = null;
        try (NDManager manager = Torch.newManager()) {
            for (int start = 0; start < count; start += BATCH) {
                try (NDManager local = manager.newSubManager()) {
                    NDList pictures = new NDList();
                    for (int i = start; i < Math.min(count, start + BATCH); i++) {
                        pictures.add(dataset.get(local, i).getData().get(domain));
                    }
                    NDArray changed = change.of(NDArrays.stack(pictures));
                    float[] part = changed.toFloatArray();
                    shape = changed.getShape().slice(1);
                    if (values == null) {
                        values = new float[Math.toIntExact(count * shape.size())];
                    }
                    System.arraycopy(part, 0, values, (int) (start * shape.size()), part.length);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Images.of(values, (int) shape.get(0), (int) shape.get(1), (int) shape.get(2));
    }

    /** What is done to a batch. */
    @FunctionalInterface
    private interface Change {
        NDArray of(NDArray pictures);
    }
}
