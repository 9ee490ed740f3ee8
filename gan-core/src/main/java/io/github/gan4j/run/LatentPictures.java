package io.github.gan4j.run;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.gan4j.Gan;
import io.github.gan4j.GanTrainer;
import io.github.gan4j.Seeds;
import java.awt.image.BufferedImage;
import java.util.Optional;
import java.util.function.Supplier;

/** Shows samples of fixed latents. */
final class LatentPictures implements PictureMaker {

    private final int count;
    private final int classes;
    private final SamplePainter painter;

    /**
     * @param count the number of samples, unless the painter needs more
     * @param classes the number of classes, which a conditional game shows in turn
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
        try (NDManager manager = trainer.getManager().newSubManager()) {
            NDArray latents = trainer.drawLatents(manager, count, Seeds.SAMPLES);
            NDArray samples = trainer.generate(latents, conditions(gan, manager));
            Shape shape = samples.getShape();
            float[] values = samples.toFloatArray();
            return Optional.of(() -> painter.paint(values, shape));
        }
    }

    private NDList conditions(Gan gan, NDManager manager) {
        if (!gan.isConditional()) {
            return new NDList();
        }
        long[] labels = new long[count];
        for (int i = 0; i < count; i++) {
            labels[i] = i % classes;
        }
        return new NDList(manager.create(labels));
    }
}
