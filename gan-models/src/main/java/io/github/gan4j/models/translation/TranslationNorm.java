package io.github.gan4j.models.translation;

import ai.djl.nn.Block;
import io.github.gan4j.InvalidInputException;
import io.github.gan4j.Names;
import io.github.gan4j.models.Layers;
import io.github.gan4j.nn.InstanceNorm;
import io.github.gan4j.nn.Rectifier;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What the networks of a translation normalise after each hidden convolution. */
enum TranslationNorm {

    /** Each channel of a picture (Ulyanov et al. 2016), not scaled and shifted. */
    INSTANCE {
        @Override
        Block layer(Rectifier rectifier) {
            InstanceNorm.Builder builder = InstanceNorm.builder();
            return (rectifier == null ? builder : builder.optActivation(rectifier)).build();
        }
    },

    /** Each channel over the batch. */
    BATCH {
        @Override
        Block layer(Rectifier rectifier) {
            return Layers.batchNorm(rectifier);
        }
    };

    /**
     * Makes the layer.
     *
     * @param rectifier what is applied to its output, {@code null} for nothing
     */
    abstract Block layer(Rectifier rectifier);

    /** Whether each picture of a batch is treated by itself. */
    boolean isSampleWise() {
        return this == INSTANCE;
    }

    /** Whether convolutions before the norm have a bias, which batch norm would cancel. */
    boolean hasBias() {
        return this == INSTANCE;
    }

    static TranslationNorm of(String name) {
        List<String> names =
                Arrays.stream(values()).map(v -> v.name().toLowerCase(Locale.ROOT)).toList();
        if (!names.contains(name)) {
            throw new InvalidInputException(
                    "There is no norm '%s'%s There are: %s."
                            .formatted(
                                    name, Names.didYouMean(name, names), String.join(", ", names)));
        }
        return valueOf(name.toUpperCase(Locale.ROOT));
    }
}
