package io.github.gan4j.models.vanilla;

import io.github.gan4j.models.GanVariant;
import io.github.gan4j.models.mlp.MlpBuilder;

/**
 * The first GAN (Goodfellow et al. 2014), of multi-layer perceptrons, for images of any size and
 * any number of channels, and for points.
 *
 * <p>With batch norm in the generator, and its epsilon 1e-5. (A widely copied script passes 0.8
 * there, meaning the momentum, and collapses to a handful of images.)
 */
public final class VanillaGan extends GanVariant<VanillaGan.Builder> {

    /** Constructs the variant. */
    public VanillaGan() {
        super("gan", "Goodfellow et al. 2014: multi-layer perceptrons", 2000, Builder::new);
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
    }
}
