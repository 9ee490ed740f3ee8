package io.github.gan4j.models.sngan;

import io.github.gan4j.models.GanVariant;
import io.github.gan4j.models.resnet.ResNetBuilder;

/**
 * SNGAN (Miyato et al. 2018): each weight of the discriminator is divided by its largest singular
 * value, so that the discriminator cannot change fast; with the hinge loss and the paper's residual
 * networks.
 *
 * <p>Its plain convolutional networks are much like those of DCGAN: {@code gan4j train dcgan --loss
 * hinge --set discriminatorNorm=spectral}.
 */
public final class SnGan extends GanVariant<SnGan.Builder> {

    /** Constructs the variant. */
    public SnGan() {
        super(
                "sngan",
                "Miyato et al. 2018: spectral norm and hinge loss, residual networks",
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
    }
}
