package io.github.gan4j.models;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.training.tracker.Tracker;
import io.github.gan4j.AugmentedDiscriminator;
import io.github.gan4j.Discriminator;
import io.github.gan4j.Gan;
import io.github.gan4j.Generator;
import io.github.gan4j.InvalidInputException;
import io.github.gan4j.Latents;
import io.github.gan4j.Loss;
import io.github.gan4j.Names;
import io.github.gan4j.PackedDiscriminator;
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
    private int packing = 1;
    private List<String> augmentation = new ArrayList<>();

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
     * Builds the block of the generator for pictures.
     *
     * @param samples what it has to make
     * @return takes latents {@code (N, K)}, and labels {@code (N)} if the game is {@link
     *     #isConditional conditional}
     */
    protected abstract Block generator(SampleSpec samples);

    /**
     * Builds the block of the discriminator for pictures.
     *
     * @param samples what it has to tell apart; with packing, the shape of a pack
     * @return takes samples, and labels {@code (N)} if it {@link #seesLabels}; returns scores, and
     *     the outputs of {@link #extraOutputs}
     */
    protected abstract Block discriminator(SampleSpec samples);

    /**
     * Takes the defaults for the samples. For points, in place of pictures, they are those of the
     * experiments of PacGAN (Lin et al. 2018, section 4.1): a latent of 2, a learning rate of 1e-4,
     * a \(\beta_1\) of 0.8, and no moving average.
     *
     * @param samples what the data set holds
     * @return this builder
     */
    public B optDefaultsFor(SampleSpec samples) {
        if (samples.isPoints()) {
            optLatentSize(2).optGeneratorLearningRate(1e-4).optDiscriminatorLearningRate(1e-4);
            optBeta1(0.8).optMovingAverage(0);
        }
        return self();
    }

    /**
     * Tells whether the labels of the data set go to the generator.
     *
     * @return {@code false} unless overridden
     */
    protected boolean isConditional() {
        return false;
    }

    /**
     * Tells whether the discriminator is fed the labels too.
     *
     * @return whether the game is conditional, unless overridden
     */
    protected boolean seesLabels() {
        return isConditional();
    }

    /**
     * Returns how many numbers the discriminator returns beside its score.
     *
     * @param samples what the data set holds
     * @return 0 unless overridden
     */
    protected int extraOutputs(SampleSpec samples) {
        return 0;
    }

    /**
     * Tells whether the score of a sample depends on that sample alone, for pictures.
     *
     * @return {@code false} unless overridden
     */
    protected boolean isSampleWise() {
        return false;
    }

    /**
     * Returns the distribution of the latents.
     *
     * @return that which was set, unless overridden
     */
    protected Latents latents() {
        return latents;
    }

    private Generator network(Block block, SampleSpec samples) {
        Shape latent = new Shape(latentSize);
        return isConditional()
                ? Generator.of(block, latent, new Shape())
                : Generator.of(block, latent);
    }

    private Discriminator critic(SampleSpec samples) {
        Shape pack = PackedDiscriminator.packed(samples.shape(), packing);
        SampleSpec packed = new SampleSpec(pack, samples.classes());
        Block block =
                samples.isPoints()
                        ? PointNetworks.discriminator(extraOutputs(samples))
                        : discriminator(packed);
        Discriminator critic;
        if (packing > 1) {
            if (isConditional()) {
                throw new InvalidInputException(
                        "A pack of samples has no label; set packing=1 in a conditional game.");
            }
            critic = new PackedDiscriminator(block, packing, samples.shape());
        } else {
            Shape[] conditions = seesLabels() ? new Shape[] {new Shape()} : new Shape[0];
            boolean sampleWise = samples.isPoints() || isSampleWise();
            critic = Discriminator.of(block, sampleWise, samples.shape(), conditions);
        }
        return augmentation.isEmpty()
                ? critic
                : new AugmentedDiscriminator(critic, Augmentations.parse(augmentation, samples));
    }

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
        Block painter =
                samples.isPoints() ? PointNetworks.generator(samples.shape()) : generator(samples);
        Gan.Builder gan =
                Gan.builder()
                        .optLatents(latents())
                        .optLoss(loss)
                        .setGenerator(network(painter, samples))
                        .setDiscriminator(critic(samples))
                        .optConditional(isConditional())
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
     * Lets the discriminator judge several samples at once (PacGAN).
     *
     * @param samples how many, 1 unless set
     * @return this builder
     */
    public B optPacking(int samples) {
        this.packing = samples;
        return self();
    }

    /**
     * Alters all pictures before the discriminator sees them (DiffAugment).
     *
     * @param policies some of {@code color}, {@code translation}, {@code cutout}; none unless set
     * @return this builder
     */
    public B optAugmentation(String... policies) {
        this.augmentation = new ArrayList<>(List.of(policies));
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
