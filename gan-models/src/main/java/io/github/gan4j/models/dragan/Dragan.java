package io.github.gan4j.models.dragan;

import io.github.gan4j.Gan;
import io.github.gan4j.SampleSpec;
import io.github.gan4j.Variant;
import io.github.gan4j.models.conv.ConvBuilder;
import io.github.gan4j.penalty.DraganPenalty;

/**
 * DRAGAN (Kodali et al. 2017): the non-saturating loss, and a gradient penalty around the real
 * samples; no batch norm in the discriminator, since the penalty is of each sample by itself.
 */
public final class Dragan implements Variant<Dragan.Builder> {

    @Override
    public String getName() {
        return "dragan";
    }

    @Override
    public String getSummary() {
        return "Kodali et al. 2017: a gradient penalty around the real samples";
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
            optPenalties(new DraganPenalty()).optDiscriminatorNorm("layer");
        }

        @Override
        protected Builder self() {
            return this;
        }
    }
}
