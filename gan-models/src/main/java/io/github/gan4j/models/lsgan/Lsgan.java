package io.github.gan4j.models.lsgan;

import io.github.gan4j.loss.LeastSquaresLoss;
import io.github.gan4j.models.GanVariant;
import io.github.gan4j.models.conv.ConvBuilder;

/** LSGAN (Mao et al. 2017): the least-squares loss, with the networks of DCGAN. */
public final class Lsgan extends GanVariant<Lsgan.Builder> {

    /** Constructs the variant. */
    public Lsgan() {
        super(
                "lsgan",
                "Mao et al. 2017: least squares in place of the cross-entropy",
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
            optLoss(new LeastSquaresLoss());
        }

        @Override
        protected Builder self() {
            return this;
        }
    }
}
