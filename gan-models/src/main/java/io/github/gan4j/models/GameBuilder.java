package io.github.gan4j.models;

import ai.djl.training.tracker.Tracker;
import io.github.gan4j.Gan;
import io.github.gan4j.InvalidInputException;
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
 * The hyper-parameters that all variants share: what the players want and how they move.
 *
 * <p>The fields are settings that users set by name, so their names are part of the interface.
 *
 * @param <B> the builder itself
 */
public abstract class GameBuilder<B extends GameBuilder<B>> {

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

    /** Constructs a builder with the defaults of DCGAN. */
    protected GameBuilder() {}

    /**
     * Returns this builder.
     *
     * @return {@code this}
     */
    protected abstract B self();

    /**
     * Takes the defaults for the samples.
     *
     * @param samples what the data set holds
     * @return this builder
     */
    public B optDefaultsFor(SampleSpec samples) {
        return self();
    }

    /**
     * Takes the defaults for a training of some length.
     *
     * @param steps the number of steps
     * @return this builder
     */
    protected B optDecayOver(long steps) {
        return self();
    }

    /**
     * Builds the game.
     *
     * @param samples what the data set holds
     * @return the game, its networks not yet initialised
     * @throws InvalidInputException if a setting is out of range, or the networks cannot have the
     *     size of the samples
     */
    public abstract Gan build(SampleSpec samples);

    /**
     * Tells whether the labels of the data set go to the generator.
     *
     * @return {@code false} unless overridden
     */
    protected boolean isConditional() {
        return false;
    }

    /**
     * Returns the loss.
     *
     * @return that which was set
     */
    protected Loss getLoss() {
        return loss;
    }

    /**
     * Returns the penalties of each discriminator's objective.
     *
     * @return those which were set
     */
    protected List<Penalty> getPenalties() {
        return penalties;
    }

    /**
     * Returns how the players take turns.
     *
     * @return that which was set
     */
    protected TrainingStrategy getStrategy() {
        return strategy;
    }

    /**
     * Returns the decay of the moving average of the generator's weights.
     *
     * @return 0 for none
     */
    protected double getMovingAverage() {
        return movingAverage;
    }

    /**
     * Builds the optimiser of the generator.
     *
     * @return the optimiser
     * @throws InvalidInputException if a setting is out of range
     */
    protected Optimizer generatorOptimizer() {
        return optimizer("generatorLearningRate", generatorLearningRate);
    }

    /**
     * Builds the optimiser of the discriminator.
     *
     * @return the optimiser
     * @throws InvalidInputException if a setting is out of range
     */
    protected Optimizer discriminatorOptimizer() {
        return optimizer("discriminatorLearningRate", discriminatorLearningRate);
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
     * Sets the penalties of the discriminator's objective.
     *
     * @param all the penalties, in place of the variant's own
     * @return this builder
     */
    public B optPenalties(Penalty... all) {
        penalties = new ArrayList<>(List.of(all));
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
}
