package io.github.gan4j.models.vanilla;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Blocks;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import io.github.gan4j.Discriminator;
import io.github.gan4j.Gan;
import io.github.gan4j.Generator;
import io.github.gan4j.SampleSpec;
import io.github.gan4j.Variant;
import io.github.gan4j.models.GanBuilder;
import io.github.gan4j.models.Layers;

/**
 * The vanilla GAN (Goodfellow et al. 2014): two multi-layer perceptrons.
 *
 * <p>The generator is 100-256-512-1024-samples with leaky rectifiers, batch norm in each hidden
 * layer but the first, and tanh; the discriminator samples-512-256-1 with leaky rectifiers. Samples
 * may have any shape.
 */
public final class VanillaGan implements Variant<VanillaGan.Builder> {

    @Override
    public String getName() {
        return "gan";
    }

    @Override
    public String getSummary() {
        return "Goodfellow et al. 2014: multi-layer perceptrons";
    }

    @Override
    public Builder newSettings(SampleSpec samples) {
        return new Builder();
    }

    @Override
    public Gan build(Builder settings, SampleSpec samples) {
        return settings.build(samples);
    }

    /**
     * Starts to describe a vanilla GAN.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /** Describes a vanilla GAN; its fields are the settings. */
    public static final class Builder extends GanBuilder<Builder> {

        private int[] generatorUnits = {256, 512, 1024};
        private int[] discriminatorUnits = {512, 256};

        private Builder() {}

        @Override
        protected Builder self() {
            return this;
        }

        /**
         * Sets the sizes of the generator's hidden layers.
         *
         * @param units 256, 512, 1024 unless set
         * @return this builder
         */
        public Builder optGeneratorUnits(int... units) {
            this.generatorUnits = units.clone();
            return this;
        }

        /**
         * Sets the sizes of the discriminator's hidden layers.
         *
         * @param units 512, 256 unless set
         * @return this builder
         */
        public Builder optDiscriminatorUnits(int... units) {
            this.discriminatorUnits = units.clone();
            return this;
        }

        @Override
        protected Generator generator(SampleSpec samples) {
            SequentialBlock block = new SequentialBlock();
            boolean first = true;
            for (int units : generatorUnits) {
                requirePositive("generatorUnits", units);
                block.add(linear(units));
                if (!first) {
                    block.add(Layers.batchNorm());
                }
                block.add(Layers.leakyRelu());
                first = false;
            }
            Shape shape = samples.shape();
            block.add(linear(shape.size())).add(Activation.tanhBlock());
            block.add(new LambdaBlock(x -> reshape(x, shape), "reshape"));
            return Generator.of(block, new Shape(getLatentSize()));
        }

        @Override
        protected Discriminator discriminator(SampleSpec samples) {
            SequentialBlock block = new SequentialBlock();
            block.add(Blocks.batchFlattenBlock());
            for (int units : discriminatorUnits) {
                requirePositive("discriminatorUnits", units);
                block.add(linear(units)).add(Layers.leakyRelu());
            }
            block.add(linear(1));
            return Discriminator.of(block, true, samples.shape());
        }

        private static NDList reshape(NDList inputs, Shape sample) {
            NDArray x = inputs.singletonOrThrow();
            return new NDList(x.reshape(new Shape(x.getShape().get(0)).addAll(sample)));
        }

        private static Linear linear(long units) {
            return Linear.builder().setUnits(units).build();
        }
    }
}
