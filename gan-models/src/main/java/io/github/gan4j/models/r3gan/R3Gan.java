package io.github.gan4j.models.r3gan;

import ai.djl.nn.Block;
import io.github.gan4j.InvalidInputException;
import io.github.gan4j.SampleSpec;
import io.github.gan4j.loss.RelativisticPairingLoss;
import io.github.gan4j.models.GanBuilder;
import io.github.gan4j.models.GanVariant;
import io.github.gan4j.penalty.R1Penalty;
import io.github.gan4j.penalty.R2Penalty;

/**
 * R3GAN (Huang et al. 2024): the relativistic pairing loss, made to converge by the penalties R1
 * and R2, and networks without any normalisation, see {@link R3Networks}.
 */
public final class R3Gan extends GanVariant<R3Gan.Builder> {

    /** Constructs the variant. */
    public R3Gan() {
        super(
                "r3gan",
                "Huang et al. 2024: relativistic pairing with R1 and R2, modern residual networks",
                2400,
                Builder::new);
    }

    @Override
    public int getDefaultBatchSize() {
        return 32;
    }

    /**
     * Starts to describe the game.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /** Describes the game; its fields are the settings. */
    public static final class Builder extends GanBuilder<Builder> {

        private int generatorFilters = 64;
        private int discriminatorFilters = 64;
        private int blocks = 2;
        private int expansion = 2;
        private int groupSize = 16;

        private Builder() {
            optLoss(new RelativisticPairingLoss());
            optPenalties(new R1Penalty(1), new R2Penalty(1));
            optLatentSize(64).optBeta1(0).optBeta2(0.99);
        }

        @Override
        protected Builder self() {
            return this;
        }

        /**
         * Takes the defaults for the samples: above 32 pixels much like the paper's (a latent of
         * 64, \(\beta_1\) 0, \(\beta_2\) 0.99, a learning rate of 2e-4); up to 32 pixels smaller
         * networks, higher rates, and penalties in every fourth update, which draw readable digits
         * within minutes on a CPU.
         */
        @Override
        public Builder optDefaultsFor(SampleSpec samples) {
            super.optDefaultsFor(samples);
            if (isSmall(samples)) {
                optGeneratorFilters(16).optDiscriminatorFilters(16).optBlocks(1).optGroupSize(8);
                optGeneratorLearningRate(2e-3).optDiscriminatorLearningRate(1e-3);
                optPenalties(new R1Penalty(1, 4), new R2Penalty(1, 4)).optMovingAverage(0.998);
            }
            return this;
        }

        /**
         * Sets the number of channels of the generator's last stage; each stage before it has twice
         * as many as the next.
         *
         * @param filters 64 unless set
         * @return this builder
         */
        public Builder optGeneratorFilters(int filters) {
            this.generatorFilters = filters;
            return this;
        }

        /**
         * Sets the number of channels of the discriminator's first stage; each stage after it has
         * twice as many.
         *
         * @param filters 64 unless set
         * @return this builder
         */
        public Builder optDiscriminatorFilters(int filters) {
            this.discriminatorFilters = filters;
            return this;
        }

        /**
         * Sets the number of residual blocks in each stage.
         *
         * @param count 2 unless set
         * @return this builder
         */
        public Builder optBlocks(int count) {
            this.blocks = count;
            return this;
        }

        /**
         * Sets how many times wider than its stage the inside of a block is.
         *
         * @param factor 2 unless set
         * @return this builder
         */
        public Builder optExpansion(int factor) {
            this.expansion = factor;
            return this;
        }

        /**
         * Sets the number of channels in each group of the grouped convolutions.
         *
         * @param channels 16 unless set
         * @return this builder
         */
        public Builder optGroupSize(int channels) {
            this.groupSize = channels;
            return this;
        }

        @Override
        protected boolean isSampleWise() {
            return true;
        }

        @Override
        protected Block generator(SampleSpec samples) {
            return networks("generatorFilters", generatorFilters).generator(samples.shape());
        }

        @Override
        protected Block discriminator(SampleSpec samples) {
            return networks("discriminatorFilters", discriminatorFilters)
                    .discriminator(samples.shape());
        }

        private R3Networks networks(String name, int filters) {
            requirePositive(name, filters);
            requirePositive("blocks", blocks);
            requirePositive("expansion", expansion);
            requirePositive("groupSize", groupSize);
            if (filters * expansion % groupSize != 0) {
                throw new InvalidInputException(
                        "The setting groupSize is %d, which does not divide the %d channels inside a block (%s times expansion); choose another."
                                .formatted(groupSize, filters * expansion, name));
            }
            return new R3Networks(filters, blocks, expansion, groupSize);
        }
    }
}
