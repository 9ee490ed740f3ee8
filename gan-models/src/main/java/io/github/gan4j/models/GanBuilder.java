package io.github.gan4j.models;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import io.github.gan4j.AugmentedDiscriminator;
import io.github.gan4j.Discriminator;
import io.github.gan4j.Gan;
import io.github.gan4j.Generator;
import io.github.gan4j.InvalidInputException;
import io.github.gan4j.Latents;
import io.github.gan4j.PackedDiscriminator;
import io.github.gan4j.SampleSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * The hyper-parameters that all variants of one generator against one discriminator share.
 *
 * <p>The fields are settings that users set by name, so their names are part of the interface.
 *
 * @param <B> the builder itself
 */
public abstract class GanBuilder<B extends GanBuilder<B>> extends GameBuilder<B> {

    private int latentSize = 100;
    private int packing = 1;
    private List<String> augmentation = new ArrayList<>();

    // No setting, for a configuration could not hold it: transient fields are left out of it.
    private transient Latents latents = Latents.NORMAL;

    /** Constructs a builder with the defaults of DCGAN. */
    protected GanBuilder() {}

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
    @Override
    public B optDefaultsFor(SampleSpec samples) {
        if (samples.isPoints()) {
            optLatentSize(2).optGeneratorLearningRate(1e-4).optDiscriminatorLearningRate(1e-4);
            optBeta1(0.8).optMovingAverage(0);
        }
        return self();
    }

    /**
     * Tells whether samples are pictures so small that networks learn them within minutes on a CPU;
     * the defaults for them are meant to do so.
     *
     * @param samples what the data set holds
     * @return whether they are pictures of up to 32 pixels
     */
    protected static boolean isSmall(SampleSpec samples) {
        return samples.shape().dimension() == 3 && samples.shape().get(1) <= 32;
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
     * Wraps each layer of the discriminator that has weights, in order to normalise them.
     *
     * @param layer the layer
     * @return the layer itself unless overridden
     */
    protected Block criticLayer(Block layer) {
        return layer;
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
                        ? PointNetworks.discriminator(
                                seesLabels() ? samples.classes() : 0,
                                extraOutputs(samples),
                                this::criticLayer)
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

    @Override
    public Gan build(SampleSpec samples) {
        requirePositive("latentSize", latentSize);
        Latents drawn = latents(); // may refuse settings that networks are not to be built of
        Block painter =
                samples.isPoints()
                        ? PointNetworks.generator(
                                samples.shape(), isConditional() ? samples.classes() : 0)
                        : generator(samples);
        Gan.Builder gan =
                Gan.builder()
                        .optLatents(drawn)
                        .optLoss(getLoss())
                        .setGenerator(network(painter, samples))
                        .setDiscriminator(critic(samples))
                        .optConditional(isConditional())
                        .optGeneratorOptimizer(generatorOptimizer())
                        .optDiscriminatorOptimizer(discriminatorOptimizer())
                        .optMovingAverage(getMovingAverage())
                        .optStrategy(getStrategy());
        getPenalties().forEach(gan::addPenalty);
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
     * @param policies some of {@code colour}, {@code translation}, {@code cutout}; none unless set
     * @return this builder
     */
    public B optAugmentation(String... policies) {
        this.augmentation = new ArrayList<>(List.of(policies));
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
