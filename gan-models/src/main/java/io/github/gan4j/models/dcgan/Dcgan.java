package io.github.gan4j.models.dcgan;

import io.github.gan4j.models.GanVariant;
import io.github.gan4j.models.conv.ConvBuilder;

/** DCGAN (Radford et al. 2015): strided convolutions, batch norm, and no fully connected layers. */
public final class Dcgan extends GanVariant<Dcgan.Builder> {

    /** Constructs the variant. */
    public Dcgan() {
        super(
                "dcgan",
                "Radford et al. 2015: strided convolutions with batch norm; 28, 32, 64, 128 px",
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
    }
}
