package io.github.gan4j.models;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import io.github.gan4j.nn.BatchNorm;
import io.github.gan4j.nn.Linear;
import io.github.gan4j.nn.Maxout;
import io.github.gan4j.nn.Rectifier;

/**
 * The networks for points of the plane, those of the experiments of PacGAN (Lin et al. 2018,
 * section 4.1): a generator of four layers of 400 units with batch norm, a discriminator of three
 * layers of 200 maxout units.
 */
final class PointNetworks {

    private static final int GENERATOR_LAYERS = 4;
    private static final int GENERATOR_UNITS = 400;
    private static final int DISCRIMINATOR_LAYERS = 3;
    private static final int DISCRIMINATOR_UNITS = 200;

    private PointNetworks() {}

    static Block generator(Shape sample) {
        SequentialBlock block = new SequentialBlock();
        for (int i = 0; i < GENERATOR_LAYERS; i++) {
            block.add(new Linear(GENERATOR_UNITS, false));
            block.add(BatchNorm.builder().optActivation(Rectifier.relu()).build());
        }
        block.add(new Linear(sample.size()));
        Layers.initializeNormal(block);
        return block;
    }

    static Block discriminator(int extraOutputs) {
        SequentialBlock block = new SequentialBlock();
        for (int i = 0; i < DISCRIMINATOR_LAYERS; i++) {
            block.add(new Maxout(DISCRIMINATOR_UNITS));
        }
        block.add(Layers.heads(Linear::new, extraOutputs));
        Layers.initializeNormal(block);
        return block;
    }
}
