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
import java.util.function.Function;

/** What a convolutional discriminator normalises, each layer but the first. */
enum CriticNorm {

    /** Features over the batch. Scores then depend on the whole batch. */
    BATCH {
        @Override
        Block after() {
            return BatchNorm.builder().optActivation(Layers.LEAKY).build();
        }
    },

    /** All features of a sample, as the authors of WGAN-GP advise. */
    LAYER {
        @Override
        Block after() {
            return GroupNorm.builder().setGroups(1).optActivation(Layers.LEAKY).build();
        }
    },

    /** Each channel of a sample. */
    INSTANCE {
        @Override
        Block after() {
            return InstanceNorm.builder().optAffine(true).optActivation(Layers.LEAKY).build();
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

    /** Normalises the weight of a layer. */
    Block wrap(Block layer) {
        return layer;
    }

    /**
     * Normalises and rectifies what a hidden layer makes; {@code null} if features stay as they
     * are.
     */
    Block after() {
        return null;
    }

    /** Adds a layer, which rectifies its own output unless that is normalised before. */
    void add(Consumer<Block> layers, Function<Rectifier, Block> layer, boolean first) {
        Block after = first ? null : after();
        layers.accept(wrap(layer.apply(after == null ? Layers.LEAKY : null)));
        if (after != null) {
            layers.accept(after);
        }
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
