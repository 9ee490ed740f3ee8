package io.github.gan4j.run;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.dataset.Record;
import io.github.gan4j.Direction;
import io.github.gan4j.GanTrainer;
import io.github.gan4j.data.TranslationDataset;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Shows translations of fixed pictures, held-out ones where there are any. For each direction there
 * is a row of inputs, one of outputs, one of back-translations if the game translates both ways,
 * and one of the truth if the pictures are pairs.
 */
final class TranslationPictures implements PictureMaker {

    private static final int MAX_WIDTH = 1120;
    private static final int MIN_WIDTH = 560;
    private static final int LEAST_COLUMNS = 4;
    private static final int PADDING = 2;

    private final TranslationDataset pictures;
    private final int columns;

    /**
     * @param dataset what is trained on
     * @param count the number of pictures of each domain, fewer if they are large or so few
     */
    TranslationPictures(TranslationDataset dataset, int count) {
        pictures = dataset.getTest().orElse(dataset);
        long width = dataset.getShapeA().get(2) + PADDING;
        int room = (int) Math.max(LEAST_COLUMNS, MAX_WIDTH / width);
        columns = (int) Math.min(pictures.size(), Math.min(count, room));
    }

    @Override
    public Optional<Supplier<BufferedImage>> draw(GanTrainer trainer) {
        if (trainer.getGan().getTranslators().isEmpty()) {
            return Optional.empty();
        }
        try (NDManager manager = trainer.getManager().newSubManager()) {
            NDArray[] domains = read(manager);
            NDList rows = new NDList();
            for (Direction direction : trainer.getGan().getTranslators().keySet()) {
                NDArray input = domains[direction.getSource()];
                NDArray output = trainer.translate(direction, input);
                rows.add(input);
                rows.add(output);
                if (trainer.getGan().getTranslators().containsKey(direction.reverse())) {
                    rows.add(trainer.translate(direction.reverse(), output));
                }
                if (pictures.isPaired()) {
                    rows.add(domains[direction.getTarget()]);
                }
            }
            NDArray all = NDArrays.concat(inOneForm(rows));
            Shape shape = all.getShape();
            float[] values = all.toFloatArray();
            return Optional.of(
                    () ->
                            ImageGrid.enlarge(
                                    ImageGrid.of(values, shape, columns, PADDING), MIN_WIDTH));
        }
    }

    /** Reads pictures of both domains from all over the set. */
    private NDArray[] read(NDManager manager) {
        NDList a = new NDList();
        NDList b = new NDList();
        try {
            for (int i = 0; i < columns; i++) {
                Record pair = pictures.get(manager, i * pictures.size() / columns);
                a.add(pair.getData().get(0));
                b.add(pair.getData().get(1));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new NDArray[] {NDArrays.stack(a), NDArrays.stack(b)};
    }

    /** Repeats grey beside colour. */
    private static NDList inOneForm(NDList rows) {
        long channels = rows.stream().mapToLong(row -> row.getShape().get(1)).max().orElseThrow();
        NDList result = new NDList();
        rows.forEach(
                row ->
                        result.add(
                                row.getShape().get(1) == channels ? row : row.repeat(1, channels)));
        return result;
    }
}
