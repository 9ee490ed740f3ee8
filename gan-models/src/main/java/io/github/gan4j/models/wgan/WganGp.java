package io.github.gan4j.models.wgan;

import io.github.gan4j.SampleSpec;
import io.github.gan4j.loss.WassersteinLoss;
import io.github.gan4j.models.GanVariant;
import io.github.gan4j.models.conv.ConvBuilder;
import io.github.gan4j.penalty.GradientPenalty;
import io.github.gan4j.strategy.AlternatingStrategy;

/**
 * WGAN-GP (Gulrajani et al. 2017): the Wasserstein loss, a gradient penalty of weight 10, and five
 * critic steps to a step of the generator; no batch norm in the critic, since the penalty is of
 * each sample by itself.
 */
public final class WganGp extends GanVariant<WganGp.Builder> {

    /** Constructs the variant. */
    public WganGp() {
        super(
                "wgan-gp",
                "Gulrajani et al. 2017: Wasserstein loss, gradient penalty, five critic steps",
                1100,
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
            optLoss(new WassersteinLoss()).optPenalties(new GradientPenalty(10));
            optStrategy(new AlternatingStrategy(5)).optDiscriminatorNorm("none");
            optGeneratorLearningRate(1e-4).optDiscriminatorLearningRate(1e-4);
            optBeta1(0).optBeta2(0.9);
        }

        @Override
        protected Builder self() {
            return this;
        }

        /**
         * Takes the defaults for the samples: the paper's, but up to 32 pixels learning rates of
         * 2e-3 and 1e-3 and a moving average of 0.995, which draw readable digits within minutes on
         * a CPU.
         */
        @Override
        public Builder optDefaultsFor(SampleSpec samples) {
            double generatorRate = 1e-4;
            double discriminatorRate = 1e-4;
            super.optDefaultsFor(samples);
            if (isSmall(samples)) {
                generatorRate = 2e-3;
                discriminatorRate = 1e-3;
                optMovingAverage(0.995);
            }
            optGeneratorLearningRate(generatorRate).optDiscriminatorLearningRate(discriminatorRate);
            return optBeta1(0).optBeta2(0.9);
        }
    }
}
