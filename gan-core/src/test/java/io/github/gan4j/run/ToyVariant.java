package io.github.gan4j.run;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Blocks;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import io.github.gan4j.Discriminator;
import io.github.gan4j.Gan;
import io.github.gan4j.Generator;
import io.github.gan4j.InvalidInputException;
import io.github.gan4j.SampleSpec;
import io.github.gan4j.Variant;
import io.github.gan4j.optim.Adam;

/** A variant for tests, with a setting of each type. */
public final class ToyVariant implements Variant<ToyVariant.Settings> {

    /** The settings. */
    static final class Settings {
        int latentSize = 3;
        int[] units = {4, 5};
        double learningRate = 1e-3;
        double largeNumber = 1e30;
        boolean batchNorm = true;
        String activation = "tanh";
    }

    @Override
    public String getName() {
        return "toy";
    }

    @Override
    public String getSummary() {
        return "for tests";
    }

    @Override
    public Settings newSettings(SampleSpec samples) {
        return new Settings();
    }

    @Override
    public String getDefaultDataset() {
        return "toys";
    }

    @Override
    public long getDefaultSteps() {
        return 6;
    }

    @Override
    public int getDefaultBatchSize() {
        return 4;
    }

    @Override
    public Gan build(Settings settings, SampleSpec samples) {
        if (!"tanh".equals(settings.activation)) {
            throw new InvalidInputException("The toy knows no " + settings.activation + ".");
        }
        Shape shape = samples.shape();
        SequentialBlock generator = new SequentialBlock();
        for (int units : settings.units) {
            generator.add(linear(units));
            if (settings.batchNorm) {
                generator.add(BatchNorm.builder().build());
            }
            generator.add(Activation.reluBlock());
        }
        generator.add(linear(shape.size())).add(Activation.tanhBlock());
        generator.add(
                new LambdaBlock(
                        list -> new NDList(list.head().reshape(new Shape(-1).addAll(shape))),
                        "reshape"));
        SequentialBlock discriminator =
                new SequentialBlock().add(Blocks.batchFlattenBlock()).add(linear(1));
        return Gan.builder()
                .setGenerator(Generator.of(generator, new Shape(settings.latentSize)))
                .setDiscriminator(Discriminator.of(discriminator, shape))
                .optGeneratorOptimizer(adam(settings))
                .optDiscriminatorOptimizer(adam(settings))
                .optMovingAverage(0.5)
                .build();
    }

    private static Adam adam(Settings settings) {
        return Adam.builder().optLearningRate(settings.learningRate).build();
    }

    private static Linear linear(long units) {
        return Linear.builder().setUnits(units).build();
    }
}
