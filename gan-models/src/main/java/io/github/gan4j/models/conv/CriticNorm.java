package io.github.gan4j.models.conv;

import ai.djl.nn.Block;
import io.github.gan4j.InvalidInputException;
import io.github.gan4j.Names;
import io.github.gan4j.models.Layers;
import io.github.gan4j.nn.BatchNorm;
import io.github.gan4j.nn.GroupNorm;
import io.github.gan4j.nn.InstanceNorm;
import io.github.gan4j.nn.Rectifier;
import io.github.gan4j.nn.SpectralNorm;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** What a convolutional discriminator normalises, each layer but the first. */
enum CriticNorm {

    /** Features over the batch. Scores then depend on the whole batch. */
    BATCH {
        @Override
        Block after() {
            return BatchNorm.builder().optActivation(LEAKY).build();
        }
    },

    /** All features of a sample, as the authors of WGAN-GP advise. */
    LAYER {
        @Override
        Block after() {
            return GroupNorm.builder().setGroups(1).optActivation(LEAKY).build();
        }
    },

    /** Each channel of a sample. */
    INSTANCE {
        @Override
        Block after() {
            return InstanceNorm.builder().optAffine(true).optActivation(LEAKY).build();
        }
    },

    /** The weights: all layers, the first and the last included. */
    SPECTRAL {
        @Override
        Block wrap(Block layer) {
            return new SpectralNorm(layer);
        }
    },

    /** Nothing. */
    NONE;

    private static final Rectifier LEAKY = Rectifier.leaky(0.2);

    /** Normalises the weight of a layer. */
    Block wrap(Block layer) {
        return layer;
    }

    /** Normalises and rectifies what a hidden layer makes. */
    Block after() {
        return Layers.leakyRelu();
    }

    /** Adds a layer, and what comes after it. */
    void add(Consumer<Block> layers, Block layer, boolean first) {
        layers.accept(wrap(layer));
        layers.accept(first ? Layers.leakyRelu() : after());
    }

    static CriticNorm of(String name) {
        List<String> names =
                Arrays.stream(values()).map(v -> v.name().toLowerCase(Locale.ROOT)).toList();
        if (!names.contains(name)) {
            throw new InvalidInputException(
                    "There is no discriminatorNorm '%s'%s There are: %s."
                            .formatted(
                                    name, Names.didYouMean(name, names), String.join(", ", names)));
        }
        return valueOf(name.toUpperCase(Locale.ROOT));
    }
}
