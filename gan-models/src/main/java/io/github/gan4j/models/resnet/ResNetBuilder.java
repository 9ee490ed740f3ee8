package io.github.gan4j.models.resnet;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.initializer.Initializer;
import ai.djl.training.initializer.XavierInitializer;
import io.github.gan4j.SampleSpec;
import io.github.gan4j.loss.HingeLoss;
import io.github.gan4j.models.GanBuilder;
import io.github.gan4j.models.Layers;
import io.github.gan4j.models.Scales;
import io.github.gan4j.nn.BatchNorm;
import io.github.gan4j.nn.ConditionalBatchNorm;
import io.github.gan4j.nn.LabelEmbedding;
import io.github.gan4j.nn.Linear;
import io.github.gan4j.nn.Rectifier;
import io.github.gan4j.nn.Rectify;
import io.github.gan4j.nn.ResidualBlock;
import io.github.gan4j.nn.SpectralNorm;
import io.github.gan4j.nn.Upsample;
import java.util.ArrayList;
import java.util.List;

/**
 * The settings of variants whose networks are the residual ones of spectral normalisation (Miyato
 * et al. 2018, table 6; Miyato and Koyama 2018, figure 14), scaled to the size of the picture.
 *
 * <p>The generator makes 4 x 4 features of the latent (7 x 7 for 28 pixels) and doubles the side
 * with each residual block, halving the channels; batch norm precedes each convolution, and the
 * sides are doubled by repetition. The discriminator mirrors it without batch norm, halves the side
 * by averages, has one block more at the last side, and sums over space at the end; each of its
 * layers is spectrally normalised. In a conditional game the scales and shifts of the generator's
 * batch norm are those of the class, and the discriminator's score has a term that projects its
 * features on a vector of the class, see {@link LabelProjection}.
 *
 * @param <B> the builder itself
 */
public abstract class ResNetBuilder<B extends ResNetBuilder<B>> extends GanBuilder<B> {

    /** Uniform weights of Glorot and Bengio 2010, and inside blocks of twice their variance. */
    private static final Initializer XAVIER = xavier(3);

    private static final Initializer XAVIER_OF_BLOCKS = xavier(6);

    private int generatorFilters = 64;
    private int discriminatorFilters = 64;

    /** Constructs a builder with the defaults of the paper. */
    protected ResNetBuilder() {
        optLoss(new HingeLoss()).optBeta1(0).optBeta2(0.9);
    }

    /**
     * Takes the defaults for the samples: above 32 pixels those of the paper's setting C (table 1:
     * \(\alpha\) 2e-4, \(\beta_1\) 0, \(\beta_2\) 0.9), but one discriminator step to each
     * generator step; up to 32 pixels others, which draw readable digits within minutes on a CPU:
     * 16 and 24 filters, a latent of 64, a learning rate of 1e-3 and a moving average of 0.998.
     */
    @Override
    public B optDefaultsFor(SampleSpec samples) {
        super.optDefaultsFor(samples);
        if (isSmall(samples)) {
            optGeneratorFilters(16).optDiscriminatorFilters(24).optLatentSize(64);
            optGeneratorLearningRate(1e-3).optDiscriminatorLearningRate(1e-3);
            optMovingAverage(0.998);
        }
        return self();
    }

    /**
     * Sets the number of channels of the generator's last block; each block before it has twice as
     * many as the next.
     *
     * @param filters 64 unless set
     * @return this builder
     */
    public B optGeneratorFilters(int filters) {
        this.generatorFilters = filters;
        return self();
    }

    /**
     * Sets the number of channels of the discriminator's first block; each block after it has twice
     * as many.
     *
     * @param filters 64 unless set
     * @return this builder
     */
    public B optDiscriminatorFilters(int filters) {
        this.discriminatorFilters = filters;
        return self();
    }

    /** The weights, by spectral norm. */
    @Override
    protected Block criticLayer(Block layer) {
        return new SpectralNorm(layer);
    }

    @Override
    protected boolean isSampleWise() {
        return true;
    }

    @Override
    protected Block generator(SampleSpec samples) {
        requirePositive("generatorFilters", generatorFilters);
        Shape shape = samples.shape();
        int side = Scales.smallestSide(shape);
        int doublings = Scales.doublings(shape);
        long filters = (long) generatorFilters << doublings;
        List<Block> layers = new ArrayList<>();
        layers.add(start(new Linear(filters * side * side), XAVIER));
        layers.add(Layers.reshape(new Shape(filters, side, side)));
        for (int i = 0; i < doublings; i++) {
            filters /= 2;
            List<Block> main = new ArrayList<>();
            main.add(norm(samples));
            main.add(new Upsample(2));
            main.add(convolution(filters));
            main.add(norm(samples));
            main.add(convolution(filters));
            List<Block> shortcut = List.of(new Upsample(2), cut(filters));
            layers.add(new ResidualBlock(Layers.sequence(main), Layers.sequence(shortcut)));
        }
        layers.add(BatchNorm.builder().optActivation(Rectifier.relu()).build());
        layers.add(start(Layers.conv(shape.get(0), 3, 1, 1, true), XAVIER));
        layers.add(Layers.tanh());
        return Layers.sequence(layers);
    }

    private Block norm(SampleSpec samples) {
        Rectifier relu = Rectifier.relu();
        return isConditional()
                ? ConditionalBatchNorm.builder()
                        .setClasses(samples.classes())
                        .optActivation(relu)
                        .build()
                : BatchNorm.builder().optActivation(relu).build();
    }

    @Override
    protected Block discriminator(SampleSpec samples) {
        requirePositive("discriminatorFilters", discriminatorFilters);
        int halvings = Scales.doublings(samples.shape());
        long filters = discriminatorFilters;
        long before = filters;
        List<Block> layers = new ArrayList<>();
        for (int i = 0; i <= halvings; i++) {
            List<Block> main = new ArrayList<>();
            List<Block> shortcut = new ArrayList<>();
            if (i > 0) {
                main.add(new Rectify(Rectifier.relu()));
            }
            main.add(criticLayer(convolution(before, Rectifier.relu())));
            main.add(criticLayer(convolution(filters)));
            if (i < halvings) {
                main.add(Layers.halve());
                // The paper halves after the convolution but in the first block; it is the same.
                shortcut.add(Layers.halve());
            }
            shortcut.add(criticLayer(cut(filters)));
            layers.add(new ResidualBlock(Layers.sequence(main), Layers.sequence(shortcut)));
            before = filters;
            filters *= 2;
        }
        layers.add(new Rectify(Rectifier.relu()));
        layers.add(Layers.sumOverSpace());
        layers.add(score(samples, before));
        return Layers.sequence(layers);
    }

    private Block score(SampleSpec samples, long features) {
        Block score =
                Layers.heads(
                        size -> criticLayer(start(new Linear(size), XAVIER)),
                        extraOutputs(samples));
        if (!seesLabels()) {
            return score;
        }
        Block classes = start(new LabelEmbedding(samples.classes(), features), XAVIER);
        return new LabelProjection(score, criticLayer(classes));
    }

    private static Block convolution(long filters) {
        return convolution(filters, null);
    }

    private static Block convolution(long filters, Rectifier rectifier) {
        return start(Layers.conv(filters, 3, 1, 1, true, rectifier), XAVIER_OF_BLOCKS);
    }

    private static Block cut(long filters) {
        return start(Layers.conv(filters, 1, 1, 0, true), XAVIER);
    }

    private static Block start(Block layer, Initializer weights) {
        layer.setInitializer(weights, Parameter.Type.WEIGHT);
        return layer;
    }

    private static Initializer xavier(float magnitude) {
        return new XavierInitializer(
                XavierInitializer.RandomType.UNIFORM, XavierInitializer.FactorType.AVG, magnitude);
    }
}
