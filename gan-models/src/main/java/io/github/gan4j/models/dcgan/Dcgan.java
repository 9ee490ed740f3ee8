package io.github.gan4j.models.dcgan;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Blocks;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.SequentialBlock;
import io.github.gan4j.Discriminator;
import io.github.gan4j.Gan;
import io.github.gan4j.Generator;
import io.github.gan4j.InvalidInputException;
import io.github.gan4j.SampleSpec;
import io.github.gan4j.Variant;
import io.github.gan4j.models.GanBuilder;
import io.github.gan4j.models.Layers;

/**
 * DCGAN (Radford et al. 2015): strided convolutions, batch norm, and no fully connected layers.
 *
 * <p>The generator projects the latent to 4 x 4 and doubles the side with each transposed
 * convolution of kernel 4, halving the channels; the discriminator mirrors it. For 28 pixels the
 * stage between 4 and 7 has kernel 3. Weights start as in the paper's section 4.
 */
public final class Dcgan implements Variant<Dcgan.Builder> {

    @Override
    public String getName() {
        return "dcgan";
    }

    @Override
    public String getSummary() {
        return "Radford et al. 2015: strided convolutions with batch norm; 28, 32, 64, 128 px";
    }

    @Override
    public Builder newSettings(SampleSpec samples) {
        return new Builder().optDefaultsFor(samples);
    }

    @Override
    public long getDefaultSteps() {
        return 5000;
    }

    @Override
    public Gan build(Builder settings, SampleSpec samples) {
        return settings.build(samples);
    }

    /**
     * Starts to describe a DCGAN.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /** Makes (N, K) a map of one pixel with K channels. */
    private static NDList toMap(NDList latents) {
        NDArray z = latents.singletonOrThrow();
        return new NDList(z.reshape(z.getShape().get(0), -1, 1, 1));
    }

    /** Describes a DCGAN; its fields are the settings. */
    public static final class Builder extends GanBuilder<Builder> {

        private int generatorFilters = 64;
        private int discriminatorFilters = 64;

        private Builder() {}

        @Override
        protected Builder self() {
            return this;
        }

        /**
         * Takes the defaults for the size of the samples: above 32 pixels those of the paper; up to
         * 32 pixels others, found by search, which draw readable digits within minutes on a CPU: 48
         * and 32 filters, a latent of 32, learning rates of 4e-3 for the generator and 1e-3 for the
         * discriminator, a \(\beta_2\) of 0.99 and a moving average of 0.9995.
         *
         * @param samples what the data set holds
         * @return this builder
         */
        public Builder optDefaultsFor(SampleSpec samples) {
            Shape shape = samples.shape();
            if (shape.dimension() == 3 && shape.get(1) <= 32) {
                optGeneratorFilters(48).optDiscriminatorFilters(32).optLatentSize(32);
                optGeneratorLearningRate(4e-3).optDiscriminatorLearningRate(1e-3);
                optBeta2(0.99).optMovingAverage(0.9995);
            }
            return this;
        }

        /**
         * Sets the number of channels of the generator's last hidden layer; each layer before it
         * has twice as many as the next.
         *
         * @param filters 64 unless set
         * @return this builder
         */
        public Builder optGeneratorFilters(int filters) {
            this.generatorFilters = filters;
            return this;
        }

        /**
         * Sets the number of channels of the discriminator's first layer; each layer after it has
         * twice as many.
         *
         * @param filters 64 unless set
         * @return this builder
         */
        public Builder optDiscriminatorFilters(int filters) {
            this.discriminatorFilters = filters;
            return this;
        }

        @Override
        protected Generator generator(SampleSpec samples) {
            requirePositive("generatorFilters", generatorFilters);
            int stages = stages(samples.shape());
            boolean odd = samples.shape().get(2) == 28;
            SequentialBlock block = new SequentialBlock();
            block.add(new LambdaBlock(Dcgan::toMap, "reshape"));
            long filters = (long) generatorFilters << (stages - 1);
            block.add(Layers.convTranspose(filters, 4, 1, 0));
            for (int stage = 1; stage <= stages; stage++) {
                block.add(Layers.batchNorm()).add(Activation.reluBlock());
                filters /= 2;
                long kernel = odd && stage == 1 ? 3 : 4;
                long channels = stage == stages ? samples.shape().get(0) : filters;
                block.add(Layers.convTranspose(channels, kernel, 2, 1));
            }
            block.add(Activation.tanhBlock());
            Layers.initializeNormal(block);
            return Generator.of(block, new Shape(getLatentSize()));
        }

        @Override
        protected Discriminator discriminator(SampleSpec samples) {
            requirePositive("discriminatorFilters", discriminatorFilters);
            int stages = stages(samples.shape());
            boolean odd = samples.shape().get(2) == 28;
            SequentialBlock block = new SequentialBlock();
            long filters = discriminatorFilters;
            for (int stage = stages; stage >= 1; stage--) {
                block.add(Layers.conv(filters, odd && stage == 1 ? 3 : 4, 2, 1));
                if (stage != stages) {
                    block.add(Layers.batchNorm());
                }
                block.add(Layers.leakyRelu());
                filters *= 2;
            }
            block.add(Layers.conv(1, 4, 1, 0)).add(Blocks.batchFlattenBlock());
            Layers.initializeNormal(block);
            return Discriminator.of(block, samples.shape());
        }

        /** The number of times that the side doubles on its way from 4 pixels. */
        private static int stages(Shape sample) {
            if (sample.dimension() == 3 && sample.get(1) == sample.get(2)) {
                switch ((int) sample.get(1)) {
                    case 28:
                    case 32:
                        return 3;
                    case 64:
                        return 4;
                    case 128:
                        return 5;
                    default:
                        break;
                }
            }
            if (sample.dimension() != 3) {
                throw new InvalidInputException(
                        "DCGAN draws pictures, and samples of shape "
                                + sample
                                + " are none; choose another data set, or another variant, such as"
                                + " gan.");
            }
            throw new InvalidInputException(
                    "DCGAN cannot have samples of shape "
                            + sample
                            + "; choose square images of 28, 32, 64 or 128 pixels with --size.");
        }
    }
}
