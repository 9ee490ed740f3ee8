package io.github.gan4j.models;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import io.github.gan4j.nn.BatchNorm;
import io.github.gan4j.nn.LabelConcat;
import io.github.gan4j.nn.Linear;
import io.github.gan4j.nn.Maxout;
import io.github.gan4j.nn.OneHot;
import io.github.gan4j.nn.Rectifier;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The networks for points of the plane, those of the experiments of PacGAN (Lin et al. 2018,
 * section 4.1): a generator of four layers of 400 units with batch norm, a discriminator of three
 * layers of 200 maxout units. Labels, in a conditional game, are put beside the first input of each
 * as indicators.
 */
final class PointNetworks {

    private static final int GENERATOR_LAYERS = 4;
    private static final int GENERATOR_UNITS = 400;
    private static final int DISCRIMINATOR_LAYERS = 3;
    private static final int DISCRIMINATOR_UNITS = 200;

    private PointNetworks() {}

    /** Takes latents, and labels if there are classes. */
    static Block generator(Shape sample, int classes) {
        List<Block> layers = labelled(classes);
        for (int i = 0; i < GENERATOR_LAYERS; i++) {
            layers.add(new Linear(GENERATOR_UNITS, false));
            layers.add(BatchNorm.builder().optActivation(Rectifier.relu()).build());
        }
        layers.add(new Linear(sample.size()));
        return complete(layers);
    }

    /**
     * Takes points, and labels if there are classes.
     *
     * @param wrap what is done to each layer that has weights
     */
    static Block discriminator(int classes, int extraOutputs, UnaryOperator<Block> wrap) {
        List<Block> layers = labelled(classes);
        for (int i = 0; i < DISCRIMINATOR_LAYERS; i++) {
            layers.add(wrap.apply(new Maxout(DISCRIMINATOR_UNITS)));
        }
        layers.add(Layers.heads(size -> wrap.apply(new Linear(size)), extraOutputs));
        return complete(layers);
    }

    private static List<Block> labelled(int classes) {
        List<Block> layers = new ArrayList<>();
        if (classes > 0) {
            layers.add(new LabelConcat(new OneHot(classes)));
        }
        return layers;
    }

    private static Block complete(List<Block> layers) {
        Block block = Layers.sequence(layers);
        Layers.initializeNormal(block);
        return block;
    }
}
