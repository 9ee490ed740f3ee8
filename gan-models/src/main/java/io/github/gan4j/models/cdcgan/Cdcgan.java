package io.github.gan4j.models.cdcgan;

import io.github.gan4j.models.GanVariant;
import io.github.gan4j.models.conv.ConvBuilder;

/** The conditional GAN (Mirza and Osindero 2014) with the convolutional networks of DCGAN. */
public final class Cdcgan extends GanVariant<Cdcgan.Builder> {

    /** Constructs the variant. */
    public Cdcgan() {
        super(
                "cdcgan",
                "Mirza and Osindero 2014 with the networks of DCGAN: draws the class asked for",
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
