package io.github.gan4j.models.pacgan;

import io.github.gan4j.models.GanVariant;
import io.github.gan4j.models.conv.ConvBuilder;

/**
 * PacGAN (Lin et al. 2018): the discriminator judges two samples at once, and so sees at a glance
 * that they are too much alike; with the networks of DCGAN.
 */
public final class PacGan extends GanVariant<PacGan.Builder> {

    /** Constructs the variant. */
    public PacGan() {
        super(
                "pacgan",
                "Lin et al. 2018: the discriminator judges two samples at once",
                ConvBuilder.DEFAULT_STEPS,
                Builder::new);
    }

    /** 64 pairs: in the authors' code, too, a batch is so many packs. */
    @Override
    public int getDefaultBatchSize() {
        return 2 * super.getDefaultBatchSize();
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
