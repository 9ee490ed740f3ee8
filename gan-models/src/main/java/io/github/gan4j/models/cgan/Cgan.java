package io.github.gan4j.models.cgan;

import io.github.gan4j.Gan;
import io.github.gan4j.SampleSpec;
import io.github.gan4j.Variant;
import io.github.gan4j.models.mlp.MlpBuilder;

/**
 * The conditional GAN (Mirza and Osindero 2014): generator and discriminator, multi-layer
 * perceptrons, are fed the class of the sample, so that a class can be asked for.
 */
public final class Cgan implements Variant<Cgan.Builder> {

    @Override
    public String getName() {
        return "cgan";
    }

    @Override
    public String getSummary() {
        return "Mirza and Osindero 2014: both perceptrons are fed the class";
    }

    @Override
    public Builder newSettings(SampleSpec samples) {
        return new Builder().optDefaultsFor(samples);
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
    public static final class Builder extends MlpBuilder<Builder> {

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
