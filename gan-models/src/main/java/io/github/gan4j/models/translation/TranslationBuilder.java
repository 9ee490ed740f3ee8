package io.github.gan4j.models.translation;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import io.github.gan4j.Direction;
import io.github.gan4j.Discriminator;
import io.github.gan4j.DiscriminatorObjective;
import io.github.gan4j.Generator;
import io.github.gan4j.GeneratorObjective;
import io.github.gan4j.InvalidInputException;
import io.github.gan4j.Objective;
import io.github.gan4j.Player;
import io.github.gan4j.SampleSpec;
import io.github.gan4j.models.GameBuilder;
import io.github.gan4j.models.Layers;
import io.github.gan4j.schedule.LinearDecaySchedule;
import io.github.gan4j.translation.TranslationInputs;
import java.util.List;
import java.util.Map;

/**
 * The hyper-parameters that variants share which translate pictures: the networks of CycleGAN (Zhu
 * et al. 2017) and of pix2pix (Isola et al. 2017).
 *
 * @param <B> the builder itself
 */
public abstract class TranslationBuilder<B extends TranslationBuilder<B>> extends GameBuilder<B> {

    /** How long a training takes unless the user says so. */
    public static final long DEFAULT_STEPS = 5000;

    /** The largest side of pictures that are trained on in minutes. */
    private static final int SMALL = 64;

    private String generator = "residual";
    private int generatorFilters = 64;
    private int blocks = 9;
    private int levels;
    private double dropout;
    private int discriminatorFilters = 64;
    private int patch = 70;
    private String norm = "instance";
    private double adversarialWeight = 1;
    private double discriminatorWeight = 1;

    /** Constructs a builder with the defaults of CycleGAN. */
    protected TranslationBuilder() {
        optMovingAverage(0);
    }

    /**
     * Returns the name of the variant, for messages.
     *
     * @return the name
     */
    protected abstract String getVariant();

    /**
     * Takes the defaults for the samples: above 64 pixels those of the paper; up to 64 pixels
     * smaller networks, which learn within minutes on a CPU.
     *
     * @param samples what the data set holds
     * @return this builder
     */
    @Override
    public B optDefaultsFor(SampleSpec samples) {
        samples.requireTwoDomains(getVariant());
        if (Math.max(samples.shape().get(1), samples.shape().get(2)) <= SMALL) {
            optGeneratorFilters(32).optDiscriminatorFilters(32).optPatch(34);
            optMovingAverage(0.999);
        }
        return self();
    }

    /**
     * Takes the schedule of both papers: the full learning rate in the first half of the training,
     * then a straight line to zero.
     *
     * @param steps the length of the training
     * @return this builder
     */
    @Override
    protected B optDecayOver(long steps) {
        return steps < 2 ? self() : optSchedules(new LinearDecaySchedule(steps / 2, steps));
    }

    /**
     * Refuses what is no pictures of two domains, of one size, and settings that are out of range.
     *
     * @param samples what the data set holds
     * @throws InvalidInputException if it is so
     */
    protected void requirePictures(SampleSpec samples) {
        samples.requireTwoDomains(getVariant());
        Shape a = samples.shape();
        Shape b = samples.shapeB();
        if (a.dimension() != 3 || b.dimension() != 3 || !a.slice(1).equals(b.slice(1))) {
            throw new InvalidInputException(
                    "The variant %s translates between pictures of one size, not between %s and %s."
                            .formatted(getVariant(), a, b));
        }
        requirePositive("generatorFilters", generatorFilters);
        requirePositive("discriminatorFilters", discriminatorFilters);
        requirePositive("blocks", blocks);
        if (!(dropout >= 0 && dropout < 1)) {
            throw new InvalidInputException(
                    "The setting dropout is %s; it must be 0 or more, and below 1."
                            .formatted(dropout));
        }
    }

    /**
     * Tells whether the networks treat each picture of a batch by itself.
     *
     * @return whether their norm does
     */
    protected boolean isSampleWise() {
        return TranslationNorm.of(norm).isSampleWise();
    }

    /**
     * Adds up what the networks of a player want. They are trained at once where none draws random
     * numbers: no dropout, no flipped labels, and no penalties, some of which draw. Nor may a
     * network leave statistics of a batch behind, for some serve both.
     *
     * @param objectives what each of them wants
     * @return what the player wants
     */
    protected Objective together(List<? extends Objective> objectives) {
        boolean drawing = dropout > 0 || getLoss().drawsNumbers() || !getPenalties().isEmpty();
        return drawing || !isSampleWise()
                ? Objective.sum(objectives)
                : Objective.parallelSum(objectives);
    }

    /**
     * Builds a generator.
     *
     * @param from the shape of what it takes
     * @param to the shape of what it makes
     * @return takes pictures in place of latents
     */
    protected Generator generator(Shape from, Shape to) {
        TranslationNorm normal = TranslationNorm.of(norm);
        Block block =
                switch (generator) {
                    case "residual" ->
                            ResidualGenerator.of(from, to.get(0), generatorFilters, blocks, normal);
                    case "unet" ->
                            UNet.of(from, to.get(0), generatorFilters, levels, dropout, normal);
                    default ->
                            throw new InvalidInputException(
                                    "There is no generator '%s'; there are residual and unet."
                                            .formatted(generator));
                };
        Layers.initializeNormal(block);
        return Generator.of(block, from);
    }

    /**
     * Builds a discriminator.
     *
     * @param shape the shape of a picture
     * @param condition the shape of what it was translated from, if the discriminator sees that too
     * @return scores patches
     */
    protected Discriminator discriminator(Shape shape, Shape... condition) {
        TranslationNorm normal = TranslationNorm.of(norm);
        Block block =
                PatchDiscriminator.of(
                        shape, patch, discriminatorFilters, condition.length > 0, normal);
        Layers.initializeNormal(block);
        return Discriminator.of(block, isSampleWise(), shape, condition);
    }

    /**
     * Starts the objective of a generator: the loss that it sees through its discriminator.
     *
     * @param discriminator who judges the translations
     * @param inputs the translations
     * @return a builder, to add terms to
     */
    protected GeneratorObjective.Builder adversarial(
            Discriminator discriminator, TranslationInputs inputs) {
        return GeneratorObjective.builder()
                .setDiscriminator(discriminator)
                .setLoss(getLoss())
                .optInputs(inputs)
                .optWeight(adversarialWeight);
    }

    /**
     * Builds the objective of a discriminator.
     *
     * @param discriminator who judges the translations
     * @param inputs the translations
     * @param label what tells it from others of the game
     * @return the objective
     */
    protected Objective judging(
            Discriminator discriminator, TranslationInputs inputs, String label) {
        return DiscriminatorObjective.builder()
                .setDiscriminator(discriminator)
                .setLoss(getLoss())
                .optInputs(inputs)
                .optWeight(discriminatorWeight)
                .addPenalties(getPenalties())
                .optLabel(label)
                .build();
    }

    /**
     * Builds the player of the generators.
     *
     * @param translators the generators
     * @param objective what they minimise together
     * @return the player
     */
    protected Player artists(Map<Direction, Generator> translators, Objective objective) {
        Player.Builder player =
                Player.builder()
                        .setName("generator")
                        .setRole(Player.Role.GENERATOR)
                        .setObjective(objective)
                        .setOptimizer(generatorOptimizer())
                        .optMovingAverage(getMovingAverage());
        translators.forEach(
                (direction, network) -> player.addNetwork("generator " + direction, network));
        return player.build();
    }

    /**
     * Builds the player of the discriminators.
     *
     * @param discriminators the discriminators by name
     * @param objective what they minimise together
     * @return the player
     */
    protected Player critics(Map<String, Discriminator> discriminators, Objective objective) {
        Player.Builder player =
                Player.builder()
                        .setName("discriminator")
                        .setRole(Player.Role.DISCRIMINATOR)
                        .setObjective(objective)
                        .setOptimizer(discriminatorOptimizer())
                        .optConstraint(
                                weights -> getPenalties().forEach(p -> p.constrain(weights)));
        discriminators.forEach(player::addNetwork);
        return player.build();
    }

    /**
     * Sets the kind of the generators.
     *
     * @param kind {@code residual} or {@code unet}
     * @return this builder
     */
    public B optGenerator(String kind) {
        this.generator = kind;
        return self();
    }

    /**
     * Sets the number of filters of the generators' first convolution.
     *
     * @param filters 64 in the papers
     * @return this builder
     */
    public B optGeneratorFilters(int filters) {
        this.generatorFilters = filters;
        return self();
    }

    /**
     * Sets the number of residual blocks of a residual generator.
     *
     * @param number in the paper 6 for 128 pixels, 9 for 256
     * @return this builder
     */
    public B optBlocks(int number) {
        this.blocks = number;
        return self();
    }

    /**
     * Sets how often a U-Net halves the picture.
     *
     * @param number 3 to 8; 0 for as often as the picture can be halved
     * @return this builder
     */
    public B optLevels(int number) {
        this.levels = number;
        return self();
    }

    /**
     * Sets the share of features that a U-Net drops in training.
     *
     * @param share 0 for none; 0.5 in pix2pix
     * @return this builder
     */
    public B optDropout(double share) {
        this.dropout = share;
        return self();
    }

    /**
     * Sets the number of filters of the discriminators' first convolution.
     *
     * @param filters 64 in the papers
     * @return this builder
     */
    public B optDiscriminatorFilters(int filters) {
        this.discriminatorFilters = filters;
        return self();
    }

    /**
     * Sets how many pixels of a picture, across and down, a score sees.
     *
     * @param pixels 1, 16, 34, 70 (as in the papers), 142 or 286; 0 for the whole picture
     * @return this builder
     */
    public B optPatch(int pixels) {
        this.patch = pixels;
        return self();
    }

    /**
     * Sets what all networks normalise.
     *
     * @param name {@code instance} or {@code batch}
     * @return this builder
     */
    public B optNorm(String name) {
        this.norm = name;
        return self();
    }

    /**
     * Sets the weight of the loss in the generators' objective.
     *
     * @param weight the weight
     * @return this builder
     */
    public B optAdversarialWeight(double weight) {
        this.adversarialWeight = weight;
        return self();
    }

    /**
     * Sets the weight of the loss in the discriminators' objective.
     *
     * @param weight the weight
     * @return this builder
     */
    public B optDiscriminatorWeight(double weight) {
        this.discriminatorWeight = weight;
        return self();
    }
}
