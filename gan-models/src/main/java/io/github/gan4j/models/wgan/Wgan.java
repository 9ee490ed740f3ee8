package io.github.gan4j.models.wgan;

import io.github.gan4j.SampleSpec;
import io.github.gan4j.loss.WassersteinLoss;
import io.github.gan4j.models.GanVariant;
import io.github.gan4j.models.conv.ConvBuilder;
import io.github.gan4j.penalty.WeightClipping;
import io.github.gan4j.strategy.AlternatingStrategy;

/**
 * The Wasserstein GAN (Arjovsky et al. 2017, algorithm 1): the critic bounds the earth mover's
 * distance while its weights are clipped to 0.01; five critic steps to a step of the generator, and
 * RMSprop, since momentum unsettles the critic.
 */
public final class Wgan extends GanVariant<Wgan.Builder> {

    /** Constructs the variant. */
    public Wgan() {
        super(
                "wgan",
                "Arjovsky et al. 2017: Wasserstein loss, clipped weights, five critic steps",
                1500,
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
            optLoss(new WassersteinLoss()).optPenalties(new WeightClipping());
            optStrategy(new AlternatingStrategy(5)).optOptimizer("rmsprop");
            optGeneratorLearningRate(5e-5).optDiscriminatorLearningRate(5e-5);
        }

        @Override
        protected Builder self() {
            return this;
        }

        /**
         * Takes the defaults for the samples: the paper's, but up to 32 pixels learning rates of
         * 5e-4 and a moving average of 0.995, which draw readable digits within minutes on a CPU.
         */
        @Override
        public Builder optDefaultsFor(SampleSpec samples) {
            super.optDefaultsFor(samples);
            double rate = 5e-5;
            if (isSmall(samples)) {
                rate = 5e-4;
                optMovingAverage(0.995);
            }
            return optGeneratorLearningRate(rate).optDiscriminatorLearningRate(rate);
        }
    }
}
