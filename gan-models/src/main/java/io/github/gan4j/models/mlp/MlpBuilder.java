package io.github.gan4j.models.mlp;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import io.github.gan4j.SampleSpec;
import io.github.gan4j.models.GanBuilder;
import io.github.gan4j.models.Layers;
import io.github.gan4j.nn.LabelConcat;
import io.github.gan4j.nn.LabelEmbedding;
import io.github.gan4j.nn.Linear;
import io.github.gan4j.nn.OneHot;
import java.util.ArrayList;
import java.util.List;

/**
 * The settings of variants whose networks are multi-layer perceptrons.
 *
 * <p>The generator widens from layer to layer, with batch norm after all but the first, and ends in
 * a hyperbolic tangent; the discriminator narrows. Labels, in a conditional game, are put beside
 * the first input of each: as indicators in the generator, and in the discriminator as a vector of
 * 50 numbers that is learnt for each class, as many units as Mirza and Osindero (2014, section 4.1)
 * have there.
 *
 * @param <B> the builder itself
 */
public abstract class MlpBuilder<B extends MlpBuilder<B>> extends GanBuilder<B> {

    /** Beside hundreds of pixels the discriminator overlooks indicators for thousands of steps. */
    private static final int LABEL_UNITS = 50;

    private int[] generatorUnits = {256, 512, 1024};
    private int[] discriminatorUnits = {512, 256};

    /** Constructs a builder with the defaults. */
    protected MlpBuilder() {}

    /**
     * Takes the defaults for the samples: up to 32 pixels learning rates of 2e-3, ten times those
     * for larger pictures, with which digits are readable within minutes on a CPU.
     */
    @Override
    public B optDefaultsFor(SampleSpec samples) {
        super.optDefaultsFor(samples);
        if (isSmall(samples)) {
            optGeneratorLearningRate(2e-3).optDiscriminatorLearningRate(2e-3);
        }
        return self();
    }

    /**
     * Sets the sizes of the generator's hidden layers.
     *
     * @param units 256, 512, 1024 unless set
     * @return this builder
     */
    public B optGeneratorUnits(int... units) {
        this.generatorUnits = units.clone();
        return self();
    }

    /**
     * Sets the sizes of the discriminator's hidden layers.
     *
     * @param units 512, 256 unless set
     * @return this builder
     */
    public B optDiscriminatorUnits(int... units) {
        this.discriminatorUnits = units.clone();
        return self();
    }

    @Override
    protected Block generator(SampleSpec samples) {
        List<Block> layers = new ArrayList<>();
        if (isConditional()) {
            layers.add(new LabelConcat(new OneHot(samples.classes())));
        }
        boolean first = true;
        for (int units : generatorUnits) {
            requirePositive("generatorUnits", units);
            layers.add(new Linear(units, true, first ? Layers.LEAKY : null));
            if (!first) {
                layers.add(Layers.batchNorm(Layers.LEAKY));
            }
            first = false;
        }
        Shape shape = samples.shape();
        layers.add(new Linear(shape.size()));
        layers.add(Layers.tanh());
        layers.add(Layers.reshape(shape));
        return Layers.sequence(layers);
    }

    @Override
    protected Block discriminator(SampleSpec samples) {
        List<Block> layers = new ArrayList<>();
        layers.add(Layers.flatten());
        if (seesLabels()) {
            layers.add(new LabelConcat(new LabelEmbedding(samples.classes(), LABEL_UNITS)));
        }
        for (int units : discriminatorUnits) {
            requirePositive("discriminatorUnits", units);
            layers.add(new Linear(units, true, Layers.LEAKY));
        }
        layers.add(Layers.heads(Linear::new, extraOutputs(samples)));
        return Layers.sequence(layers);
    }

    @Override
    protected boolean isSampleWise() {
        return true;
    }
}
