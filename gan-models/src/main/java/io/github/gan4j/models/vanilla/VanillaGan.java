package io.github.gan4j.models.vanilla;

import io.github.gan4j.Gan;
import io.github.gan4j.SampleSpec;
import io.github.gan4j.Variant;
import io.github.gan4j.models.mlp.MlpBuilder;

/**
 * The first GAN (Goodfellow et al. 2014), of multi-layer perceptrons, for images of any size and
 * any number of channels, and for points.
 *
 * <p>With batch norm in the generator, and its epsilon 1e-5. (A widely copied script passes 0.8
 * there, meaning the momentum, and collapses to a handful of images.)
 */
public final class VanillaGan implements Variant<VanillaGan.Builder> {

    @Override
    public String getName() {
        return "gan";
    }

    @Override
    public String getSummary() {
        return "Goodfellow et al. 2014: multi-layer perceptrons";
    }

    @Override
    public Builder newSettings(SampleSpec samples) {
        return new Builder().optDefaultsFor(samples);
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
    public static final class Builder extends MlpBuilder<Builder> {

        private Builder() {}

        @Override
        protected Builder self() {
            return this;
        }
    }
}
