package io.github.gan4j.models.cdcgan;

import io.github.gan4j.Gan;
import io.github.gan4j.SampleSpec;
import io.github.gan4j.Variant;
import io.github.gan4j.models.conv.ConvBuilder;

/** The conditional GAN (Mirza and Osindero 2014) with the convolutional networks of DCGAN. */
public final class Cdcgan implements Variant<Cdcgan.Builder> {

    @Override
    public String getName() {
        return "cdcgan";
    }

    @Override
    public String getSummary() {
        return "Mirza and Osindero 2014 with the networks of DCGAN: draws the class asked for";
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
        samples.requireClasses(getName());
        return settings.build(samples);
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

        private Builder() {}

        @Override
        protected Builder self() {
            return this;
        }

        @Override
        protected boolean isConditional() {
            return true;
        }
    }
}
