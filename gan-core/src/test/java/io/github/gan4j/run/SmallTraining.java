package io.github.gan4j.run;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.training.dataset.ArrayDataset;
import io.github.gan4j.Discriminator;
import io.github.gan4j.Gan;
import io.github.gan4j.GanTrainer;
import io.github.gan4j.Generator;
import io.github.gan4j.TrainingListener;
import io.github.gan4j.torch.Torch;

/** A GAN of a few numbers, made of DJL's own blocks. */
final class SmallTraining implements AutoCloseable {

    static final int BATCH_SIZE = 4;

    private final NDManager manager = Torch.newManager();
    private final GanTrainer trainer;

    SmallTraining(int hidden, TrainingListener... listeners) {
        Torch.seed(1);
        ArrayDataset dataset =
                new ArrayDataset.Builder()
                        .setData(manager.randomNormal(new Shape(20, 2)))
                        .setSampling(BATCH_SIZE, true)
                        .build();
        Block generator =
                new SequentialBlock()
                        .add(linear(hidden))
                        .add(BatchNorm.builder().build())
                        .add(linear(2));
        Gan gan =
                Gan.builder()
                        .setGenerator(Generator.of(generator, new Shape(3)))
                        .setDiscriminator(Discriminator.of(linear(1), new Shape(2)))
                        .optMovingAverage(0.9)
                        .build();
        GanTrainer.Builder builder =
                GanTrainer.builder().setGan(gan).setDataset(dataset).optBatchSize(BATCH_SIZE);
        for (TrainingListener listener : listeners) {
            builder.addListener(listener);
        }
        trainer = builder.build();
    }

    private static Block linear(int units) {
        return Linear.builder().setUnits(units).build();
    }

    GanTrainer trainer() {
        return trainer;
    }

    @Override
    public void close() {
        trainer.close();
        manager.close();
    }
}
