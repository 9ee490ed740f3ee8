package io.github.gan4j.evaluation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.gan4j.Direction;
import io.github.gan4j.InvalidInputException;
import io.github.gan4j.data.Augmentation;
import io.github.gan4j.data.SampleDataset;
import io.github.gan4j.data.TranslationDataset;
import io.github.gan4j.metric.Images;
import io.github.gan4j.metric.TranslationScores;
import io.github.gan4j.run.Run;
import io.github.gan4j.run.TrainedTranslator;
import io.github.gan4j.torch.Torch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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

    private static final Logger LOGGER = LoggerFactory.getLogger(TranslationEvaluation.class);

    private static final int BATCH = 50;

    /**
     * The most numbers of pictures of one kind that are held at a time: half a gigabyte of them.
     */
    private static final long MOST = 1L << 27;

    /**
     * Opens the pictures that a run was trained on, all of each: not cropped and not mirrored.
     *
     * @param run the run folder
     * @return the data set
     * @throws InvalidInputException if there is no such run, its pictures cannot be opened, or they
     *     are of one domain
     */
    public static TranslationDataset open(Path run) {
        SampleDataset dataset =
                Run.openDataset(run, options -> options.withAugmentation(Augmentation.none()));
        if (dataset instanceof TranslationDataset pictures) {
            return pictures;
        }
        throw new InvalidInputException(
                "The data set '%s' has one domain; translations are measured on held-out pairs."
                        .formatted(dataset.getName()));
    }

    /**
     * Translates and measures. Of more pictures than half a gigabyte holds, as many are taken as it
     * does hold, at equal distances.
     *
     * @param translator the trained generator
     * @param direction which way it translates
     * @param training what it was trained on, with a held-out part, see {@link #open}
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
        tellOfMore(training);
        tellOfMore(test);
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
        int[] chosen = choose(dataset.size(), most(dataset));
        float[] values = null;
        Shape shape = null;
        try (NDManager manager = Torch.newManager()) {
            for (int start = 0; start < chosen.length; start += BATCH) {
                try (NDManager local = manager.newSubManager()) {
                    NDList pictures = new NDList();
                    for (int i = start; i < Math.min(chosen.length, start + BATCH); i++) {
                        pictures.add(dataset.get(local, chosen[i]).getData().get(domain));
                    }
                    NDArray changed = change.of(NDArrays.stack(pictures));
                    float[] part = changed.toFloatArray();
                    shape = changed.getShape().slice(1);
                    if (values == null) {
                        values = new float[Math.toIntExact(chosen.length * shape.size())];
                    }
                    System.arraycopy(part, 0, values, (int) (start * shape.size()), part.length);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Images.of(values, (int) shape.get(0), (int) shape.get(1), (int) shape.get(2));
    }

    /** How many pictures of either domain there is room for. */
    private static long most(TranslationDataset dataset) {
        return MOST / Math.max(dataset.getShapeA().size(), dataset.getShapeB().size());
    }

    private static void tellOfMore(TranslationDataset dataset) {
        if (dataset.size() > most(dataset)) {
            LOGGER.warn(
                    "{} of the {} pictures of {} are looked at, which is what memory is for.",
                    most(dataset),
                    dataset.size(),
                    dataset.getName());
        }
    }

    /** At most so many of all, at equal distances. */
    static int[] choose(long all, long most) {
        int count = Math.toIntExact(Math.min(all, most));
        return IntStream.range(0, count).map(i -> (int) (i * all / count)).toArray();
    }

    /** What is done to a batch. */
    @FunctionalInterface
    private interface Change {
        NDArray of(NDArray pictures);
    }
}
