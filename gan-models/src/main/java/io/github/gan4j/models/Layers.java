package io.github.gan4j.models;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.ParallelBlock;
import ai.djl.nn.Parameter;
import ai.djl.training.initializer.Initializer;
import ai.djl.training.initializer.NormalInitializer;
import io.github.gan4j.nn.BatchNorm;
import io.github.gan4j.nn.Conv;
import io.github.gan4j.nn.ConvTranspose;
import io.github.gan4j.nn.Rectifier;
import io.github.gan4j.nn.Sequential;
import io.github.gan4j.nn.TorchLambda;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** The layers that the variants share, and their initialisation. */
public final class Layers {

    /** The standard deviation of initial weights (Radford et al. 2015, section 4). */
    private static final float WEIGHT_DEVIATION = 0.02f;

    /** The leaky rectifier of slope 0.2 that discriminators have had since DCGAN. */
    public static final Rectifier LEAKY = Rectifier.leaky(0.2);

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
        return conv(filters, kernel, stride, padding, false);
    }

    /**
     * Square convolution.
     *
     * @param filters the number of output channels
     * @param kernel the side of the kernel
     * @param stride the stride
     * @param padding the padding
     * @param bias whether it has a bias, which is lost before batch norm
     * @return the layer
     */
    public static Block conv(long filters, long kernel, long stride, long padding, boolean bias) {
        return conv(filters, kernel, stride, padding, bias, null);
    }

    /**
     * Square convolution whose output is rectified.
     *
     * @param filters the number of output channels
     * @param kernel the side of the kernel
     * @param stride the stride
     * @param padding the padding
     * @param bias whether it has a bias
     * @param rectifier what is applied to its output, {@code null} for nothing
     * @return the layer
     */
    public static Block conv(
            long filters,
            long kernel,
            long stride,
            long padding,
            boolean bias,
            Rectifier rectifier) {
        return Conv.builder()
                .setFilters(filters)
                .setKernelShape(new Shape(kernel, kernel))
                .optStride(new Shape(stride, stride))
                .optPadding(new Shape(padding, padding))
                .optBias(bias)
                .optActivation(rectifier)
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
     * @param rectifier what is applied to its output
     * @return the layer
     */
    public static Block batchNorm(Rectifier rectifier) {
        return BatchNorm.builder().optActivation(rectifier).build();
    }

    /**
     * The outputs of a discriminator: a score, and more beside it if wanted.
     *
     * @param head makes a layer of so many outputs that ends in {@code (N, outputs)}
     * @param extra how many numbers are wanted beside the score, 0 for none
     * @return returns the scores {@code (N, 1)}, and the extra outputs {@code (N, extra)}
     */
    public static Block heads(IntFunction<Block> head, int extra) {
        if (extra == 0) {
            return head.apply(1);
        }
        return new ParallelBlock(
                outputs -> new NDList(outputs.get(0).head(), outputs.get(1).head()),
                List.of(head.apply(1), head.apply(extra)));
    }

    /**
     * A network from its layers, of which the first may take labels beside its input.
     *
     * @param layers the layers in order; none is {@code null}
     * @return takes the features and, if a layer is conditional, labels
     */
    public static Block sequence(List<Block> layers) {
        Sequential block = new Sequential();
        layers.forEach(block::add);
        return block;
    }

    /**
     * Gives an array another shape.
     *
     * @param sample the shape of one sample, without the batch axis
     * @return the layer
     */
    public static Block reshape(Shape sample) {
        String lengths =
                LongStream.of(sample.getShape())
                        .mapToObj(length -> ", " + length)
                        .collect(Collectors.joining());
        return new TorchLambda(
                "reshape",
                "torch.reshape(x, [torch.size(x, 0)" + lengths + "])",
                input -> new Shape(input.get(0)).addAll(sample));
    }

    /**
     * Puts what belongs to a sample in a row.
     *
     * @return the layer, {@code (N, ...)} in, {@code (N, K)} out
     */
    public static Block flatten() {
        return new TorchLambda(
                "flatten",
                "torch.flatten(x, 1)",
                input -> new Shape(input.get(0), input.slice(1).size()));
    }

    /**
     * The hyperbolic tangent, in which generators of pictures end.
     *
     * @return the layer
     */
    public static Block tanh() {
        return new TorchLambda("tanh", "torch.tanh(x)");
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

    /**
     * Halves the sides of pictures by averages of 2 x 2 pixels.
     *
     * @return the layer
     */
    public static Block halve() {
        return new TorchLambda(
                "halve",
                "torch.avg_pool2d(x, [2, 2], [2, 2])",
                in -> new Shape(in.get(0), in.get(1), in.get(2) / 2, in.get(3) / 2));
    }

    /**
     * Sums features {@code (N, C, H, W)} over space to {@code (N, C)}.
     *
     * @return the layer
     */
    public static Block sumOverSpace() {
        return new TorchLambda("sumOverSpace", "torch.sum(x, [2, 3])", input -> input.slice(0, 2));
    }
}
