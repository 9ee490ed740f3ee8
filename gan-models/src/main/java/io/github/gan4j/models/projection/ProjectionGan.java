package io.github.gan4j.models.projection;

import io.github.gan4j.Gan;
import io.github.gan4j.SampleSpec;
import io.github.gan4j.Variant;
import io.github.gan4j.models.resnet.ResNetBuilder;

/**
 * The conditional GAN with a projection discriminator (Miyato and Koyama 2018): SNGAN whose
 * generator has a scale and a shift of each batch norm for each class, and whose discriminator
 * projects its features on a vector of the class.
 */
public final class ProjectionGan implements Variant<ProjectionGan.Builder> {

    @Override
    public String getName() {
        return "projection";
    }

    @Override
    public String getSummary() {
        return "Miyato and Koyama 2018: SNGAN that draws the class asked for, by projection";
    }

    @Override
    public Builder newSettings(SampleSpec samples) {
        return new Builder().optDefaultsFor(samples);
    }

    @Override
    public long getDefaultSteps() {
        return 1800;
    }

    @Override
    public Gan build(Builder settings, SampleSpec samples) {
        samples.requireClasses(getName());
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
    public static final class Builder extends ResNetBuilder<Builder> {

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
