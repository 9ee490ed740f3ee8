package io.github.gan4j.models.projection;

import io.github.gan4j.models.GanVariant;
import io.github.gan4j.models.resnet.ResNetBuilder;

/**
 * The conditional GAN with a projection discriminator (Miyato and Koyama 2018): SNGAN whose
 * generator has a scale and a shift of each batch norm for each class, and whose discriminator
 * projects its features on a vector of the class.
 */
public final class ProjectionGan extends GanVariant<ProjectionGan.Builder> {

    /** Constructs the variant. */
    public ProjectionGan() {
        super(
                "projection",
                "Miyato and Koyama 2018: SNGAN that draws the class asked for, by projection",
                1800,
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
