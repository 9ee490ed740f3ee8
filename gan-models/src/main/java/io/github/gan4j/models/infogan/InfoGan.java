package io.github.gan4j.models.infogan;

import io.github.gan4j.Gan;
import io.github.gan4j.InvalidInputException;
import io.github.gan4j.Latents;
import io.github.gan4j.SampleSpec;
import io.github.gan4j.auxiliary.CodeAuxiliary;
import io.github.gan4j.auxiliary.CodeLatents;
import io.github.gan4j.models.GanVariant;
import io.github.gan4j.models.conv.ConvBuilder;

/**
 * InfoGAN (Chen et al. 2016): a part of the latent, a category and some continuous components, is a
 * code that can be told from the sample; so it comes to stand for classes and traits, without any
 * label. With the networks of DCGAN.
 */
public final class InfoGan extends GanVariant<InfoGan.Builder> {

    /** Constructs the variant. */
    public InfoGan() {
        super(
                "infogan",
                "Chen et al. 2016: finds classes and traits by itself, in a code",
                ConvBuilder.DEFAULT_STEPS,
                Builder::new);
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
    public static final class Builder extends ConvBuilder<Builder> {

        private int categories = 10;
        private int continuous = 2;
        private double categoryWeight = 1;
        private double continuousWeight = 0.1;

        private Builder() {}

        @Override
        protected Builder self() {
            return this;
        }

        @Override
        public Builder optDefaultsFor(SampleSpec samples) {
            super.optDefaultsFor(samples);
            return samples.isPoints() ? optLatentSize(14) : optLatentSize(74);
        }

        @Override
        protected Latents latents() {
            CodeLatents code = new CodeLatents(categories, continuous);
            if (categories + continuous > getLatentSize()) {
                throw new InvalidInputException(
                        "The code of %d components is longer than the latent of %d; raise latentSize."
                                .formatted(categories + continuous, getLatentSize()));
            }
            return code;
        }

        @Override
        protected int extraOutputs(SampleSpec samples) {
            return categories + continuous;
        }

        @Override
        protected void complete(Gan.Builder gan, SampleSpec samples) {
            gan.addAuxiliary(
                    new CodeAuxiliary(
                            categories,
                            continuous,
                            (float) categoryWeight,
                            (float) continuousWeight));
        }

        /**
         * Sets the number of categories of the code.
         *
         * @param count 10 unless set
         * @return this builder
         */
        public Builder optCategories(int count) {
            this.categories = count;
            return this;
        }

        /**
         * Sets the number of continuous components of the code.
         *
         * @param count 2 unless set
         * @return this builder
         */
        public Builder optContinuous(int count) {
            this.continuous = count;
            return this;
        }
    }
}
