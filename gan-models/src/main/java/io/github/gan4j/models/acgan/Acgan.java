package io.github.gan4j.models.acgan;

import io.github.gan4j.Gan;
import io.github.gan4j.SampleSpec;
import io.github.gan4j.auxiliary.ClassAuxiliary;
import io.github.gan4j.models.GanVariant;
import io.github.gan4j.models.conv.ConvBuilder;

/**
 * ACGAN (Odena et al. 2017): the generator is fed the class; the discriminator is not, but tells it
 * beside its score. With the networks of DCGAN.
 */
public final class Acgan extends GanVariant<Acgan.Builder> {

    /** Constructs the variant. */
    public Acgan() {
        super(
                "acgan",
                "Odena et al. 2017: the discriminator also tells the class",
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

        private double classWeight = 1;

        private Builder() {}

        @Override
        protected Builder self() {
            return this;
        }

        @Override
        protected boolean isConditional() {
            return true;
        }

        @Override
        protected boolean seesLabels() {
            return false;
        }

        @Override
        protected int extraOutputs(SampleSpec samples) {
            return samples.classes();
        }

        @Override
        protected void complete(Gan.Builder gan, SampleSpec samples) {
            gan.addAuxiliary(new ClassAuxiliary((float) classWeight));
        }

        /**
         * Sets the weight of the class terms.
         *
         * @param weight 1 unless set
         * @return this builder
         */
        public Builder optClassWeight(double weight) {
            this.classWeight = weight;
            return this;
        }
    }
}
