package io.github.gan4j.models.translation;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.norm.Dropout;
import io.github.gan4j.InvalidInputException;
import io.github.gan4j.models.Layers;
import io.github.gan4j.nn.ConvTranspose;
import io.github.gan4j.nn.Rectifier;
import io.github.gan4j.nn.Rectify;
import io.github.gan4j.nn.Sequential;
import io.github.gan4j.nn.SkipConnection;

/**
 * The U-Net of pix2pix (Ronneberger et al. 2015; Isola et al. 2017, section 6.1.1): convolutions of
 * stride 2 down to a few pixels, transposed ones back up, and at each size the channels on the way
 * down beside those on the way up.
 */
final class UNet {

    private static final int MOST_LEVELS = 8;
    private static final int LEAST_LEVELS = 3;

    /** Filters double from level to level up to eight times those of the first. */
    private static final int WIDEST = 8;

    private UNet() {}

    /**
     * Makes the network.
     *
     * @param input the shape of a picture
     * @param outputs the number of channels of its translation
     * @param filters the number of filters of the first convolution
     * @param levels how often the picture is halved; 0 for as often as it can be, 8 at the most, so
     *     that 256 pixels end in one
     * @param dropout the share of features that is dropped in training, in the widest levels that
     *     lie between the innermost and the outer four
     */
    static Block of(
            Shape input,
            long outputs,
            int filters,
            int levels,
            double dropout,
            TranslationNorm norm) {
        int depth = levels == 0 ? deepest(input) : levels;
        requireSize(input, depth);
        Block inner = null;
        for (int level = depth; level >= 2; level--) {
            boolean wide = level > 4 && level < depth;
            inner = level(level, depth, filters, wide ? dropout : 0, norm, inner);
        }
        Sequential network = new Sequential();
        network.add(Layers.conv(filters, 4, 2, 1, norm.hasBias()))
                .add(inner)
                .add(new Rectify(Rectifier.relu()));
        return network.add(enlarge(outputs, true)).add(Layers.tanh());
    }

    /** One level and all within it: features of a level in, beside them what became of them. */
    private static Block level(
            int level, int depth, int filters, double dropout, TranslationNorm norm, Block inner) {
        long width = width(level, filters);
        Sequential down = new Sequential();
        down.add(new Rectify(Layers.LEAKY));
        down.add(Layers.conv(width, 4, 2, 1, norm.hasBias()));
        if (inner != null) {
            down.add(norm.layer(null)).add(inner); // a single pixel cannot be normalised
        }
        down.add(new Rectify(Rectifier.relu()));
        down.add(enlarge(width(level - 1, filters), norm.hasBias())).add(norm.layer(null));
        if (dropout > 0) {
            down.add(Dropout.builder().optRate((float) dropout).build());
        }
        return new SkipConnection(down);
    }

    private static long width(int level, int filters) {
        return (long) filters * Math.min(WIDEST, 1 << (level - 1));
    }

    private static Block enlarge(long filters, boolean bias) {
        return ConvTranspose.builder()
                .setFilters(filters)
                .setKernelShape(new Shape(4, 4))
                .optStride(new Shape(2, 2))
                .optPadding(new Shape(1, 1))
                .optBias(bias)
                .build();
    }

    /** How often both sides can be halved. */
    private static int deepest(Shape input) {
        int halvings = Long.numberOfTrailingZeros(input.get(1) | input.get(2));
        return Math.max(LEAST_LEVELS, Math.min(MOST_LEVELS, halvings));
    }

    private static void requireSize(Shape input, int depth) {
        if (depth < LEAST_LEVELS || depth > MOST_LEVELS) {
            throw new InvalidInputException(
                    "The U-Net cannot have %d levels; set levels to %d up to %d, or to 0."
                            .formatted(depth, LEAST_LEVELS, MOST_LEVELS));
        }
        long factor = 1L << depth;
        for (int axis = 1; axis <= 2; axis++) {
            if (input.get(axis) % factor != 0) {
                long below = Math.max(factor, input.get(axis) / factor * factor);
                throw new InvalidInputException(
                        "The U-Net of %d levels cannot have pictures of %d pixels: it takes multiples of %d, such as %d or %d; choose one with --size."
                                .formatted(depth, input.get(axis), factor, below, below + factor));
            }
        }
    }
}
