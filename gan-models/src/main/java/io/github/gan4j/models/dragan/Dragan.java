package io.github.gan4j.models.dragan;

import io.github.gan4j.models.GanVariant;
import io.github.gan4j.models.conv.ConvBuilder;
import io.github.gan4j.penalty.DraganPenalty;

/**
 * DRAGAN (Kodali et al. 2017): the non-saturating loss, and a gradient penalty around the real
 * samples; no batch norm in the discriminator, since the penalty is of each sample by itself.
 */
public final class Dragan extends GanVariant<Dragan.Builder> {

    /** Constructs the variant. */
    public Dragan() {
        super(
                "dragan",
                "Kodali et al. 2017: a gradient penalty around the real samples",
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

        private Builder() {
            optPenalties(new DraganPenalty()).optDiscriminatorNorm("layer");
        }

        @Override
        protected Builder self() {
            return this;
        }
    }
}
