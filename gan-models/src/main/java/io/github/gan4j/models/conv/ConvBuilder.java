package io.github.gan4j.models.conv;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import io.github.gan4j.InvalidInputException;
import io.github.gan4j.SampleSpec;
import io.github.gan4j.models.GanBuilder;
import io.github.gan4j.models.Layers;
import io.github.gan4j.nn.LabelConcat;
import io.github.gan4j.nn.LabelEmbedding;
import io.github.gan4j.nn.OneHot;
import io.github.gan4j.nn.Rectifier;
import io.github.gan4j.nn.Sequential;
import java.util.ArrayList;
import java.util.List;

/**
 * The settings of variants whose networks are those of DCGAN (Radford et al. 2015).
 *
 * <p>The generator projects the latent to 4 x 4 and doubles the side with each transposed
 * convolution of kernel 4, halving the channels; the discriminator mirrors it. For 28 pixels the
 * stage between 4 and 7 has kernel 3. Weights start as in the paper's section 4. Labels, in a
 * conditional game, are put beside the latent as indicators, and beside the picture as one more
 * channel, an image for each class that is learnt.
 *
 * @param <B> the builder itself
 */
public abstract class ConvBuilder<B extends ConvBuilder<B>> extends GanBuilder<B> {

    /** Steps after which digits are readable: about six minutes of two slow cores. */
    public static final long DEFAULT_STEPS = 2500;

    private int generatorFilters = 64;
    private int discriminatorFilters = 64;
    private String discriminatorNorm = "batch";

    /** Constructs a builder with the defaults of the paper. */
    protected ConvBuilder() {}

    /**
     * Takes the defaults for the samples: above 32 pixels those of the paper; up to 32 pixels
     * others, found by search, which draw readable digits within minutes on a CPU: 48 and 32
     * filters, a latent of 32, learning rates of 4e-3 for the generator and 1e-3 for the
     * discriminator, a \(\beta_2\) of 0.99 and a moving average of 0.9995.
     */
    @Override
    public B optDefaultsFor(SampleSpec samples) {
        super.optDefaultsFor(samples);
        if (isSmall(samples)) {
            optGeneratorFilters(48).optDiscriminatorFilters(32).optLatentSize(32);
            optGeneratorLearningRate(4e-3).optDiscriminatorLearningRate(1e-3);
            optBeta2(0.99).optMovingAverage(0.9995);
        }
        return self();
    }

    /**
     * Sets the number of channels of the generator's last hidden layer; each layer before it has
     * twice as many as the next.
     *
     * @param filters 64 unless set
     * @return this builder
     */
    public B optGeneratorFilters(int filters) {
        this.generatorFilters = filters;
        return self();
    }

    /**
     * Sets the number of channels of the discriminator's first layer; each layer after it has twice
     * as many.
     *
     * @param filters 64 unless set
     * @return this builder
     */
    public B optDiscriminatorFilters(int filters) {
        this.discriminatorFilters = filters;
        return self();
    }

    /**
     * Sets what the discriminator normalises.
     *
     * @param name {@code batch} unless set, {@code layer}, {@code instance}, {@code spectral} or
     *     {@code none}
     * @return this builder
     */
    public B optDiscriminatorNorm(String name) {
        this.discriminatorNorm = name;
        return self();
    }

    @Override
    protected Block criticLayer(Block layer) {
        return CriticNorm.of(discriminatorNorm).wrap(layer);
    }

    @Override
    protected boolean isSampleWise() {
        return CriticNorm.of(discriminatorNorm) != CriticNorm.BATCH;
    }

    @Override
    protected Block generator(SampleSpec samples) {
        requirePositive("generatorFilters", generatorFilters);
        int stages = stages(samples.shape());
        boolean odd = samples.shape().get(2) == 28;
        List<Block> layers = new ArrayList<>();
        long inputs = getLatentSize();
        if (isConditional()) {
            layers.add(new LabelConcat(new OneHot(samples.classes())));
            inputs += samples.classes();
        }
        layers.add(Layers.reshape(new Shape(inputs, 1, 1)));
        long filters = (long) generatorFilters << (stages - 1);
        layers.add(Layers.convTranspose(filters, 4, 1, 0));
        for (int stage = 1; stage <= stages; stage++) {
            layers.add(Layers.batchNorm(Rectifier.relu()));
            filters /= 2;
            long kernel = odd && stage == 1 ? 3 : 4;
            long channels = stage == stages ? samples.shape().get(0) : filters;
            layers.add(Layers.convTranspose(channels, kernel, 2, 1));
        }
        layers.add(Layers.tanh());
        Block block = Layers.sequence(layers);
        Layers.initializeNormal(block);
        return block;
    }

    @Override
    protected Block discriminator(SampleSpec samples) {
        requirePositive("discriminatorFilters", discriminatorFilters);
        CriticNorm norm = CriticNorm.of(discriminatorNorm);
        Shape shape = samples.shape();
        int stages = stages(shape);
        boolean odd = shape.get(2) == 28;
        List<Block> layers = new ArrayList<>();
        if (seesLabels()) {
            Block image = new LabelEmbedding(samples.classes(), shape.get(1) * shape.get(2));
            Shape channel = new Shape(1, shape.get(1), shape.get(2));
            layers.add(new LabelConcat(new Sequential().add(image).add(Layers.reshape(channel))));
        }
        boolean bias = norm == CriticNorm.SPECTRAL || norm == CriticNorm.NONE;
        long filters = discriminatorFilters;
        for (int stage = stages; stage >= 1; stage--) {
            long kernel = odd && stage == 1 ? 3 : 4;
            long width = filters;
            norm.add(
                    layers::add,
                    rectifier -> Layers.conv(width, kernel, 2, 1, bias, rectifier),
                    stage == stages);
            filters *= 2;
        }
        layers.add(
                Layers.heads(
                        size ->
                                new Sequential()
                                        .add(criticLayer(Layers.conv(size, 4, 1, 0, bias)))
                                        .add(Layers.flatten()),
                        extraOutputs(samples)));
        Block block = Layers.sequence(layers);
        Layers.initializeNormal(block);
        return block;
    }

    /** The number of times that the side doubles on its way from 4 pixels. */
    private static int stages(Shape sample) {
        if (sample.dimension() == 3 && sample.get(1) == sample.get(2)) {
            switch ((int) sample.get(1)) {
                case 28:
                case 32:
                    return 3;
                case 64:
                    return 4;
                case 128:
                    return 5;
                default:
                    break;
            }
        }
        throw new InvalidInputException(
                "DCGAN's networks cannot have samples of shape "
                        + sample
                        + "; choose square images of 28, 32, 64 or 128 pixels with --size.");
    }
}
