package io.github.gan4j.models.translation;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.LambdaBlock;
import io.github.gan4j.InvalidInputException;
import io.github.gan4j.models.Layers;
import io.github.gan4j.nn.Conditional;
import io.github.gan4j.nn.Sequential;

/**
 * PatchGAN (Isola et al. 2017, sections 3.2.2 and 6.1.2): scores patch by patch, {@code (N, 1, H',
 * W')}. Convolutions of kernel 4, some of stride 2 and then two of stride 1; the number of the
 * former sets how much of the picture a score sees. Seeing a single pixel takes convolutions of
 * kernel 1.
 */
final class PatchDiscriminator {

    private static final int WIDEST = 8;

    private PatchDiscriminator() {}

    /**
     * Makes the network.
     *
     * @param shape the shape of a picture
     * @param patch how many pixels a score sees: 1, 16, 34, 70, 142 or 286; 0 for the whole picture
     * @param conditional whether a second input, the condition, is put before the picture
     */
    static Block of(
            Shape shape, int patch, int filters, boolean conditional, TranslationNorm norm) {
        Sequential network = new Sequential();
        if (conditional) {
            network.add(new ConditionFirst());
        }
        boolean bias = norm.hasBias();
        if (patch == 1) {
            network.add(Layers.conv(filters, 1, 1, 0, true, Layers.LEAKY));
            network.add(Layers.conv(2L * filters, 1, 1, 0, bias)).add(norm.layer(Layers.LEAKY));
            return network.add(Layers.conv(1, 1, 1, 0, bias));
        }
        int strided = strided(shape, patch);
        network.add(Layers.conv(filters, 4, 2, 1, true, Layers.LEAKY));
        for (int i = 1; i <= strided; i++) {
            long width = (long) filters * Math.min(WIDEST, 1 << i);
            int stride = i == strided ? 1 : 2;
            network.add(Layers.conv(width, 4, stride, 1, bias)).add(norm.layer(Layers.LEAKY));
        }
        return network.add(Layers.conv(1, 4, 1, 1, true));
    }

    /** Puts the condition before the picture. */
    private static final class ConditionFirst extends LambdaBlock implements Conditional {

        ConditionFirst() {
            super(inputs -> new NDList(inputs.get(1).concat(inputs.get(0), 1)), "concat");
        }
    }

    /** The number of convolutions of stride 2. */
    private static int strided(Shape shape, int patch) {
        long side = Math.min(shape.get(1), shape.get(2));
        int strided = 1;
        while (sees(strided) < (patch == 0 ? side : patch)) {
            strided++;
        }
        if (patch != 0 && sees(strided) != patch) {
            throw new InvalidInputException(
                    "A score cannot see %d pixels; set patch to 1, 16, 34, 70, 142 or 286, or to 0 for the whole picture."
                            .formatted(patch));
        }
        // Two convolutions of kernel 4 and stride 1 follow, which lose a pixel each.
        if ((side >> strided) < 3) {
            int fits = Long.SIZE - 1 - Long.numberOfLeadingZeros(Math.max(1, side / 3));
            throw new InvalidInputException(
                    "Pictures of %d pixels are too small for a patch of %d; set patch to %s."
                            .formatted(side, patch, fits < 1 ? "1" : sees(fits) + " or less"));
        }
        return strided;
    }

    /** The receptive field after so many convolutions of stride 2, and two of stride 1. */
    private static int sees(int strided) {
        int field = 1 + 3 + 3;
        for (int i = 0; i < strided; i++) {
            field = 2 * field + 2;
        }
        return field;
    }
}
