package io.github.gan4j.models;

import io.github.gan4j.Discriminator;
import io.github.gan4j.Gan;
import io.github.gan4j.Generator;
import io.github.gan4j.InvalidInputException;
import io.github.gan4j.Latents;
import io.github.gan4j.Loss;
import io.github.gan4j.Penalty;
import io.github.gan4j.SampleSpec;
import io.github.gan4j.loss.NonSaturatingLoss;
import io.github.gan4j.optim.Adam;
import io.github.gan4j.strategy.AlternatingStrategy;
import java.util.ArrayList;
import java.util.List;

/**
 * The hyper-parameters that all variants of one generator against one discriminator share.
 *
 * <p>The fields are settings that users set by name, so their names are part of the interface.
 *
 * @param <B> the builder itself
 */
public abstract class GanBuilder<B extends GanBuilder<B>> {

    private int latentSize = 100;
    private double generatorLearningRate = 2e-4;
    private double discriminatorLearningRate = 2e-4;
    private int learningRateHalfLife;
    private double beta1 = 0.5;
    private double beta2 = 0.999;
    private int discriminatorSteps = 1;
    private double realTarget = 1;
    private double movingAverage = 0.999;

    // No settings, for a configuration could not hold them: transient fields are left out of it.
    private final transient List<Penalty> penalties = new ArrayList<>();
    private transient Loss loss;
    private transient Latents latents = Latents.NORMAL;

    /** Constructs a builder with the defaults of DCGAN. */
    protected GanBuilder() {}

    /**
     * Returns this builder.
     *
     * @return {@code this}
     */
    protected abstract B self();

    /**
     * Builds the generator.
     *
     * @param samples what it has to make
     * @return the generator
     */
    protected abstract Generator generator(SampleSpec samples);

    /**
     * Builds the discriminator.
     *
     * @param samples what it has to tell apart
     * @return the discriminator
     */
    protected abstract Discriminator discriminator(SampleSpec samples);

    /**
     * Builds the game.
     *
     * @param samples what the data set holds
     * @return the game, its networks not yet initialised
     * @throws InvalidInputException if a setting is out of range, or the networks cannot have the
     *     size of the samples
     */
    public Gan build(SampleSpec samples) {
        requirePositive("latentSize", latentSize);
        Gan.Builder gan =
                Gan.builder()
                        .optLatents(latents)
                        .optLoss(loss == null ? new NonSaturatingLoss((float) realTarget) : loss);
        penalties.forEach(gan::addPenalty);
        return gan.setGenerator(generator(samples))
                .setDiscriminator(discriminator(samples))
                .optGeneratorOptimizer(adam(generatorLearningRate))
                .optDiscriminatorOptimizer(adam(discriminatorLearningRate))
                .optMovingAverage(movingAverage)
                .optStrategy(
                        AlternatingStrategy.builder()
                                .optDiscriminatorSteps(discriminatorSteps)
                                .build())
                .build();
    }

    private Adam adam(double learningRate) {
        if (learningRateHalfLife < 0) {
            throw new InvalidInputException(
                    "The setting learningRateHalfLife is "
                            + learningRateHalfLife
                            + "; it must be 0, for a constant rate, or more.");
        }
        Adam.Builder adam =
                Adam.builder().optLearningRate(learningRate).optBeta1(beta1).optBeta2(beta2);
        if (learningRateHalfLife > 0) {
            int halfLife = learningRateHalfLife;
            adam.optLearningRate(
                    update -> (float) (learningRate * Math.pow(0.5, (double) update / halfLife)));
        }
        return adam.build();
    }

    /**
     * Refuses a setting below 1.
     *
     * @param name the name of the setting
     * @param value its value
     */
    protected static void requirePositive(String name, int value) {
        if (value < 1) {
            throw new InvalidInputException(
                    "The setting " + name + " is " + value + "; it must be 1 or more.");
        }
    }

    /**
     * Returns the number of components of a latent.
     *
     * @return the size
     */
    protected int getLatentSize() {
        return latentSize;
    }

    /**
     * Sets the number of components of a latent.
     *
     * @param size 100 unless set
     * @return this builder
     */
    public B optLatentSize(int size) {
        this.latentSize = size;
        return self();
    }

    /**
     * Sets the learning rate of the generator.
     *
     * @param rate 2e-4 unless set
     * @return this builder
     */
    public B optGeneratorLearningRate(double rate) {
        this.generatorLearningRate = rate;
        return self();
    }

    /**
     * Sets the learning rate of the discriminator.
     *
     * @param rate 2e-4 unless set
     * @return this builder
     */
    public B optDiscriminatorLearningRate(double rate) {
        this.discriminatorLearningRate = rate;
        return self();
    }

    /**
     * Lets both learning rates fall by half every so many updates. It counts from the beginning and
     * not from the end, so that a run that goes on for longer is the same run.
     *
     * @param updates 0, for constant rates, unless set
     * @return this builder
     */
    public B optLearningRateHalfLife(int updates) {
        this.learningRateHalfLife = updates;
        return self();
    }

    /**
     * Sets Adam's decay of the mean of the gradients.
     *
     * @param beta 0.5 unless set
     * @return this builder
     */
    public B optBeta1(double beta) {
        this.beta1 = beta;
        return self();
    }

    /**
     * Sets Adam's decay of the mean of the squared gradients.
     *
     * @param beta 0.999 unless set
     * @return this builder
     */
    public B optBeta2(double beta) {
        this.beta2 = beta;
        return self();
    }

    /**
     * Sets the number of discriminator steps to a generator step.
     *
     * @param steps 1 unless set
     * @return this builder
     */
    public B optDiscriminatorSteps(int steps) {
        this.discriminatorSteps = steps;
        return self();
    }

    /**
     * Sets the target of the discriminator for real samples: one-sided label smoothing if below 1.
     *
     * @param target 1 unless set
     * @return this builder
     */
    public B optRealTarget(double target) {
        this.realTarget = target;
        return self();
    }

    /**
     * Sets the decay of the moving average of the generator's weights.
     *
     * @param decay 0.999 unless set; 0 for none
     * @return this builder
     */
    public B optMovingAverage(double decay) {
        this.movingAverage = decay;
        return self();
    }

    /**
     * Sets the loss.
     *
     * @param loss non-saturating with {@link #optRealTarget} unless set
     * @return this builder
     */
    public B optLoss(Loss loss) {
        this.loss = loss;
        return self();
    }

    /**
     * Adds a penalty to the discriminator's objective.
     *
     * @param penalty the penalty
     * @return this builder
     */
    public B addPenalty(Penalty penalty) {
        penalties.add(penalty);
        return self();
    }

    /**
     * Sets the distribution of the latents.
     *
     * @param latents standard normal unless set
     * @return this builder
     */
    public B optLatents(Latents latents) {
        this.latents = latents;
        return self();
    }
}
