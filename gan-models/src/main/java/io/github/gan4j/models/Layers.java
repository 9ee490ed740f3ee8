package io.github.gan4j.models;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.training.initializer.Initializer;
import ai.djl.training.initializer.NormalInitializer;
import io.github.gan4j.nn.BatchNorm;
import io.github.gan4j.nn.ConvTranspose;

/** The layers that the variants share, and their initialisation. */
public final class Layers {

    /** The standard deviation of initial weights (Radford et al. 2015, section 4). */
    private static final float WEIGHT_DEVIATION = 0.02f;

    private Layers() {}

    /**
     * Square convolution without bias.
     *
     * @param filters the number of output channels
     * @param kernel the side of the kernel
     * @param stride the stride
     * @param padding the padding
     * @return the layer
     */
    public static Block conv(long filters, long kernel, long stride, long padding) {
        return Conv2d.builder()
                .setFilters(Math.toIntExact(filters))
                .setKernelShape(new Shape(kernel, kernel))
                .optStride(new Shape(stride, stride))
                .optPadding(new Shape(padding, padding))
                .optBias(false)
                .build();
    }

    /**
     * Square transposed convolution without bias.
     *
     * @param filters the number of output channels
     * @param kernel the side of the kernel
     * @param stride the stride
     * @param padding the padding
     * @return the layer
     */
    public static Block convTranspose(long filters, long kernel, long stride, long padding) {
        return ConvTranspose.builder()
                .setFilters(filters)
                .setKernelShape(new Shape(kernel, kernel))
                .optStride(new Shape(stride, stride))
                .optPadding(new Shape(padding, padding))
                .optBias(false)
                .build();
    }

    /**
     * Batch norm with epsilon 1e-5 and a momentum of 0.1. (A widely copied script passes 0.8 for
     * epsilon, meaning the momentum, and collapses to a handful of images.)
     *
     * @return the layer
     */
    public static Block batchNorm() {
        return BatchNorm.builder().build();
    }

    /**
     * Leaky rectifier with slope 0.2.
     *
     * @return the layer
     */
    public static Block leakyRelu() {
        return Activation.leakyReluBlock(0.2f);
    }

    /**
     * Initialises as DCGAN does: weights from N(0, 0.02), the scales of batch norm from N(1, 0.02),
     * all else 0.
     *
     * @param block the network
     */
    public static void initializeNormal(Block block) {
        block.setInitializer(new NormalInitializer(WEIGHT_DEVIATION), Parameter.Type.WEIGHT);
        Initializer scale =
                (manager, shape, type) -> manager.randomNormal(1f, WEIGHT_DEVIATION, shape, type);
        block.setInitializer(scale, Parameter.Type.GAMMA);
    }
}
