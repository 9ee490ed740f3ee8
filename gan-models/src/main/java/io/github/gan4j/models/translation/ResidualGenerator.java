package io.github.gan4j.models.translation;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import io.github.gan4j.InvalidInputException;
import io.github.gan4j.models.Layers;
import io.github.gan4j.nn.ConvTranspose;
import io.github.gan4j.nn.Rectifier;
import io.github.gan4j.nn.ReflectionPad2d;
import io.github.gan4j.nn.ResidualBlock;
import io.github.gan4j.nn.Sequential;

/**
 * The residual generator of CycleGAN (Johnson et al. 2016; Zhu et al. 2017, section 7.2): a 7 x 7
 * convolution, two of stride 2, residual blocks, two transposed convolutions of stride 2, and a 7 x
 * 7 convolution to a tanh. Reflection padding keeps frames out of the picture.
 */
final class ResidualGenerator {

    /** By how much the picture is shrunk and enlarged again. */
    private static final int FACTOR = 4;

    /** What reflection of 3 pixels needs at the least, and of 1 pixel after shrinking. */
    private static final int LEAST_SIZE = 8;

    private ResidualGenerator() {}

    static Block of(Shape input, long outputs, int filters, int blocks, TranslationNorm norm) {
        requireSize(input);
        Rectifier relu = Rectifier.relu();
        boolean bias = norm.hasBias();
        Sequential network = new Sequential();
        network.add(new ReflectionPad2d(3)).add(Layers.conv(filters, 7, 1, 0, bias));
        network.add(norm.layer(relu));
        network.add(Layers.conv(2L * filters, 3, 2, 1, bias)).add(norm.layer(relu));
        network.add(Layers.conv(4L * filters, 3, 2, 1, bias)).add(norm.layer(relu));
        for (int i = 0; i < blocks; i++) {
            network.add(residual(4L * filters, norm));
        }
        network.add(enlarge(2L * filters, bias)).add(norm.layer(relu));
        network.add(enlarge(filters, bias)).add(norm.layer(relu));
        network.add(new ReflectionPad2d(3)).add(Layers.conv(outputs, 7, 1, 0, true));
        return network.add(Layers.tanh());
    }

    private static Block residual(long filters, TranslationNorm norm) {
        boolean bias = norm.hasBias();
        return new ResidualBlock(
                new Sequential()
                        .add(new ReflectionPad2d(1))
                        .add(Layers.conv(filters, 3, 1, 0, bias))
                        .add(norm.layer(Rectifier.relu()))
                        .add(new ReflectionPad2d(1))
                        .add(Layers.conv(filters, 3, 1, 0, bias))
                        .add(norm.layer(null)));
    }

    private static Block enlarge(long filters, boolean bias) {
        return ConvTranspose.builder()
                .setFilters(filters)
                .setKernelShape(new Shape(3, 3))
                .optStride(new Shape(2, 2))
                .optPadding(new Shape(1, 1))
                .optOutputPadding(new Shape(1, 1))
                .optBias(bias)
                .build();
    }

    private static void requireSize(Shape input) {
        for (int axis = 1; axis <= 2; axis++) {
            long size = input.get(axis);
            if (size % FACTOR != 0 || size < LEAST_SIZE) {
                throw new InvalidInputException(
                        "The residual generator cannot have pictures of %d pixels: it takes multiples of %d from %d on, such as %s; choose one with --size."
                                .formatted(size, FACTOR, LEAST_SIZE, near(size)));
            }
        }
    }

    private static String near(long size) {
        long below = Math.max(LEAST_SIZE, size / FACTOR * FACTOR);
        return below + " or " + (below + FACTOR);
    }
}
