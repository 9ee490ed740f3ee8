package io.github.gan4j.models.lsgan;

import io.github.gan4j.Gan;
import io.github.gan4j.SampleSpec;
import io.github.gan4j.Variant;
import io.github.gan4j.loss.LeastSquaresLoss;
import io.github.gan4j.models.conv.ConvBuilder;

/** LSGAN (Mao et al. 2017): the least-squares loss, with the networks of DCGAN. */
public final class Lsgan implements Variant<Lsgan.Builder> {

    @Override
    public String getName() {
        return "lsgan";
    }

    @Override
    public String getSummary() {
        return "Mao et al. 2017: least squares in place of the cross-entropy";
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
            optLoss(new LeastSquaresLoss());
        }

        @Override
        protected Builder self() {
            return this;
        }
    }
}
