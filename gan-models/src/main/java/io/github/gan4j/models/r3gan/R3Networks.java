package io.github.gan4j.models.r3gan;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.initializer.Initializer;
import ai.djl.training.initializer.NormalInitializer;
import io.github.gan4j.models.Layers;
import io.github.gan4j.models.Scales;
import io.github.gan4j.nn.Conv;
import io.github.gan4j.nn.ConvTranspose;
import io.github.gan4j.nn.Linear;
import io.github.gan4j.nn.Rectifier;
import io.github.gan4j.nn.ResidualBlock;
import io.github.gan4j.nn.ResizeBilinear;
import java.util.ArrayList;
import java.util.List;

/**
 * The networks of R3GAN (Huang et al. 2024, section 4, configuration E), scaled to the size of the
 * picture: stages of residual blocks, each of which is a convolution of kernel 1 that widens, a
 * grouped one of kernel 3, and one of kernel 1 that narrows again. Between stages, whose sides
 * double, pictures are resampled bilinearly. There is no normalisation; blocks start as identities,
 * the weights before their last by fix-up (Zhang et al. 2019), so that the variance at the start
 * does not grow with the number of blocks.
 *
 * <p>The generator's smallest stage is a learnt basis of 4 x 4 pixels (7 x 7 for 28) whose channels
 * the latent weighs; the discriminator ends in weighted sums over each channel, and a sum of those.
 *
 * @param filters the channels of the stage of the picture's own size; each smaller one has twice as
 *     many
 * @param blocks the number of blocks in a stage
 * @param expansion how many times wider a block is inside
 * @param groupSize the channels in a group of the grouped convolutions
 */
record R3Networks(int filters, int blocks, int expansion, int groupSize) {

    private static final double SLOPE = 0.2;
    private static final Rectifier LEAKY = Rectifier.leaky(SLOPE);

    /** What a leaky rectifier takes from the standard deviation, given back (He et al. 2015). */
    private static final double GAIN = Math.sqrt(2 / (1 + SLOPE * SLOPE));

    /** The layers of a block that have weights. */
    private static final int DEPTH = 3;

    /** Takes latents {@code (N, K)}. Pictures are not squashed into their range, only cut off. */
    Block generator(Shape sample) {
        int doublings = Scales.doublings(sample);
        int side = Scales.smallestSide(sample);
        long channels = (long) filters << doublings;
        List<Block> layers = new ArrayList<>();
        layers.add(start(new Linear(channels, false), 1));
        layers.add(Layers.reshape(new Shape(channels, 1, 1)));
        layers.add(basis(channels, side));
        for (int stage = 0; stage <= doublings; stage++) {
            if (stage > 0) {
                channels /= 2;
                layers.add(mix(channels));
                layers.add(ResizeBilinear.by(2));
            }
            addStage(layers, channels, doublings);
        }
        layers.add(mix(sample.get(0)));
        layers.add(new Clip());
        return Layers.sequence(layers);
    }

    /** Takes pictures, and returns scores {@code (N, 1)}. */
    Block discriminator(Shape sample) {
        int doublings = Scales.doublings(sample);
        int side = Scales.smallestSide(sample);
        long channels = filters;
        List<Block> layers = new ArrayList<>();
        layers.add(mix(channels));
        for (int stage = 0; stage <= doublings; stage++) {
            if (stage > 0) {
                channels *= 2;
                layers.add(Layers.halve()); // which is what bilinear resampling comes to
                layers.add(mix(channels));
            }
            addStage(layers, channels, doublings);
        }
        layers.add(start(convolution(channels, side, channels), 1));
        layers.add(Layers.flatten());
        layers.add(start(new Linear(1, false), 1));
        return Layers.sequence(layers);
    }

    private void addStage(List<Block> layers, long channels, int doublings) {
        // Fix-up: L blocks of m layers, weights smaller by L to the power of 1 / (2m - 2).
        double gain = GAIN * Math.pow(blocks * (doublings + 1), -1.0 / (2 * DEPTH - 2));
        long inside = channels * expansion;
        for (int i = 0; i < blocks; i++) {
            List<Block> main =
                    List.of(
                            start(rectified(inside, 1, 1), gain),
                            start(rectified(inside, 3, inside / groupSize), gain),
                            start(convolution(channels, 1, 1), 0));
            layers.add(new ResidualBlock(Layers.sequence(main)));
        }
    }

    private static Block mix(long channels) {
        return start(convolution(channels, 1, 1), 1);
    }

    private static Block convolution(long channels, int kernel, long groups) {
        return describe(channels, kernel, groups).optBias(false).build();
    }

    private static Block rectified(long channels, int kernel, long groups) {
        return describe(channels, kernel, groups).optActivation(LEAKY).build();
    }

    private static Conv.Builder describe(long channels, int kernel, long groups) {
        int padding = kernel == 3 ? 1 : 0;
        return Conv.builder()
                .setFilters(channels)
                .setKernelShape(new Shape(kernel, kernel))
                .optPadding(new Shape(padding, padding))
                .optGroups(Math.toIntExact(groups));
    }

    private static Block basis(long channels, int side) {
        Block basis =
                ConvTranspose.builder()
                        .setFilters(channels)
                        .setKernelShape(new Shape(side, side))
                        .optGroups(Math.toIntExact(channels))
                        .optBias(false)
                        .build();
        basis.setInitializer(new NormalInitializer(1f), Parameter.Type.WEIGHT);
        return basis;
    }

    /** Normal weights of a standard deviation of the gain over the root of the number of inputs. */
    private static Block start(Block layer, double gain) {
        Initializer initializer =
                (manager, shape, type) -> {
                    double inputs = (double) shape.size() / shape.get(0);
                    float deviation = (float) (gain / Math.sqrt(inputs));
                    return deviation == 0
                            ? manager.zeros(shape, type)
                            : manager.randomNormal(0f, deviation, shape, type);
                };
        layer.setInitializer(initializer, Parameter.Type.WEIGHT);
        return layer;
    }
}
