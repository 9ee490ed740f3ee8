package io.github.gan4j.models.cgan;

import io.github.gan4j.models.GanVariant;
import io.github.gan4j.models.mlp.MlpBuilder;

/**
 * The conditional GAN (Mirza and Osindero 2014): generator and discriminator, multi-layer
 * perceptrons, are fed the class of the sample, so that a class can be asked for.
 */
public final class Cgan extends GanVariant<Cgan.Builder> {

    /** Constructs the variant. */
    public Cgan() {
        super(
                "cgan",
                "Mirza and Osindero 2014: both perceptrons are fed the class",
                2000,
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
