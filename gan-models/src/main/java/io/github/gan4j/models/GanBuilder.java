package io.github.gan4j.models;

import ai.djl.training.tracker.Tracker;
import io.github.gan4j.Discriminator;
import io.github.gan4j.Gan;
import io.github.gan4j.Generator;
import io.github.gan4j.InvalidInputException;
import io.github.gan4j.Latents;
import io.github.gan4j.Loss;
import io.github.gan4j.Names;
import io.github.gan4j.Penalty;
import io.github.gan4j.SampleSpec;
import io.github.gan4j.Schedule;
import io.github.gan4j.TrainingStrategy;
import io.github.gan4j.loss.NonSaturatingLoss;
import io.github.gan4j.optim.Adam;
import io.github.gan4j.optim.Optimizer;
import io.github.gan4j.optim.RmsProp;
import io.github.gan4j.optim.Sgd;
import io.github.gan4j.strategy.AlternatingStrategy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The hyper-parameters that all variants of one generator against one discriminator share.
 *
 * <p>The fields are settings that users set by name, so their names are part of the interface.
 *
 * @param <B> the builder itself
 */
public abstract class GanBuilder<B extends GanBuilder<B>> {

    private int latentSize = 100;
    private Loss loss = new NonSaturatingLoss();
    private List<Penalty> penalties = new ArrayList<>();
    private TrainingStrategy strategy = new AlternatingStrategy();
    private String optimizer = "adam";
    private double generatorLearningRate = 2e-4;
    private double discriminatorLearningRate = 2e-4;
    private List<Schedule> schedules = new ArrayList<>();
    private double beta1 = 0.5;
    private double beta2 = 0.999;
    private double movingAverage = 0.999;

    // No setting, for a configuration could not hold it: transient fields are left out of it.
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
                        .optLoss(loss)
                        .setGenerator(generator(samples))
                        .setDiscriminator(discriminator(samples))
                        .optGeneratorOptimizer(
                                optimizer("generatorLearningRate", generatorLearningRate))
                        .optDiscriminatorOptimizer(
                                optimizer("discriminatorLearningRate", discriminatorLearningRate))
                        .optMovingAverage(movingAverage)
                        .optStrategy(strategy);
        penalties.forEach(gan::addPenalty);
        complete(gan, samples);
        return gan.build();
    }

    /**
     * Adds to the game what is special about a variant.
     *
     * @param gan the game so far
     * @param samples what the data set holds
     */
    protected void complete(Gan.Builder gan, SampleSpec samples) {
        // Most variants are all said by their settings.
    }

    private Optimizer optimizer(String setting, double learningRate) {
        if (!(learningRate >= 0 && learningRate < Double.POSITIVE_INFINITY)) {
            throw new InvalidInputException(
                    "The setting %s is %s; it must be 0 or more.".formatted(setting, learningRate));
        }
        Map<String, Function<Tracker, Optimizer>> optimizers = optimizers();
        Function<Tracker, Optimizer> chosen = optimizers.get(optimizer);
        if (chosen == null) {
            throw new InvalidInputException(
                    "There is no optimizer '%s'%s There are: %s."
                            .formatted(
                                    optimizer,
                                    Names.didYouMean(optimizer, optimizers.keySet()),
                                    String.join(", ", optimizers.keySet())));
        }
        return chosen.apply(Schedule.toTracker(learningRate, schedules));
    }

    private Map<String, Function<Tracker, Optimizer>> optimizers() {
        Map<String, Function<Tracker, Optimizer>> byName = new TreeMap<>();
        byName.put("adam", this::adam);
        byName.put("rmsprop", rate -> RmsProp.builder().optLearningRate(rate).build());
        byName.put("sgd", rate -> Sgd.builder().optLearningRate(rate).build());
        return byName;
    }

    private Optimizer adam(Tracker rate) {
        return Adam.builder().optLearningRate(rate).optBeta1(beta1).optBeta2(beta2).build();
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
     * @param loss non-saturating unless set
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
        penalties = new ArrayList<>(penalties); // what a configuration was read into may be fixed
        penalties.add(penalty);
        return self();
    }

    /**
     * Sets how the players take turns.
     *
     * @param strategy one step each in turn unless set
     * @return this builder
     */
    public B optStrategy(TrainingStrategy strategy) {
        this.strategy = strategy;
        return self();
    }

    /**
     * Sets the optimiser.
     *
     * @param name {@code "adam"}, {@code "rmsprop"} or {@code "sgd"}; {@code "adam"} unless set
     * @return this builder
     */
    public B optOptimizer(String name) {
        this.optimizer = name;
        return self();
    }

    /**
     * Sets how the learning rates of both players change in the course of the training.
     *
     * @param newSchedules schedules, whose factors are multiplied; none unless set
     * @return this builder
     */
    public B optSchedules(Schedule... newSchedules) {
        this.schedules = new ArrayList<>(List.of(newSchedules));
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
