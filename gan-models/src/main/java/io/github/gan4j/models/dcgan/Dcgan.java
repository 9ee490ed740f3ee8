package io.github.gan4j.models.dcgan;

import io.github.gan4j.Gan;
import io.github.gan4j.SampleSpec;
import io.github.gan4j.Variant;
import io.github.gan4j.models.conv.ConvBuilder;

/** DCGAN (Radford et al. 2015): strided convolutions, batch norm, and no fully connected layers. */
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
