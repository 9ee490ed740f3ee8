package io.github.gan4j.models.pacgan;

import io.github.gan4j.Gan;
import io.github.gan4j.SampleSpec;
import io.github.gan4j.Variant;
import io.github.gan4j.models.conv.ConvBuilder;

/**
 * PacGAN (Lin et al. 2018): the discriminator judges two samples at once, and so sees at a glance
 * that they are too much alike; with the networks of DCGAN.
 */
public final class PacGan implements Variant<PacGan.Builder> {

    @Override
    public String getName() {
        return "pacgan";
    }

    @Override
    public String getSummary() {
        return "Lin et al. 2018: the discriminator judges two samples at once";
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

        private Builder() {
            optPacking(2);
        }

        @Override
        protected Builder self() {
            return this;
        }
    }
}
