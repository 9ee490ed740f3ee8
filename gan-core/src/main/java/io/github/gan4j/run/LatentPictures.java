package io.github.gan4j.run;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.gan4j.Gan;
import io.github.gan4j.GanTrainer;
import io.github.gan4j.Seeds;
import java.awt.image.BufferedImage;
import java.util.Collections;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.LongStream;

/**
 * Shows samples of fixed latents; in a conditional game in a row for each class, all rows of the
 * same latents.
 */
final class LatentPictures implements PictureMaker {

    private final int count;
    private final int classes;
    private final SamplePainter painter;

    /**
     * @param count the number of samples, unless the painter needs more
     * @param classes the number of classes, which a conditional game shows
     * @param painter draws the samples; nothing is drawn of samples that it does not accept
     */
    LatentPictures(int count, int classes, SamplePainter painter) {
        this.count = painter.count(count);
        this.classes = classes;
        this.painter = painter;
    }

    @Override
    public Optional<Supplier<BufferedImage>> draw(GanTrainer trainer) {
        Gan gan = trainer.getGan();
        if (gan.getGenerator() == null
                || !painter.accepts(gan.getDiscriminator().getSampleShape())) {
            return Optional.empty();
        }
        int rows = gan.isConditional() ? rows() : 0;
        int columns = (int) Math.ceil(rows > 0 ? (double) count / rows : Math.sqrt(count));
        try (NDManager manager = trainer.getManager().newSubManager()) {
            NDArray latents =
                    trainer.drawLatents(manager, rows > 0 ? columns : count, Seeds.SAMPLES);
            if (rows > 0) {
                latents = NDArrays.concat(new NDList(Collections.nCopies(rows, latents)));
            }
            NDList conditions = new NDList();
            if (gan.isConditional()) {
                int run = rows > 0 ? columns : 1;
                long[] labels =
                        LongStream.range(0, latents.getShape().get(0))
                                .map(i -> i / run % classes)
                                .toArray();
                conditions.add(manager.create(labels));
            }
            NDArray samples = trainer.generate(latents, conditions);
            Shape shape = samples.getShape();
            float[] values = samples.toFloatArray();
            return Optional.of(() -> painter.paint(values, shape, columns));
        }
    }

    /** The number of rows, one for each class; 0 if there are too many of them for the samples. */
    private int rows() {
        return 2 * classes <= count ? classes : 0;
    }
}
