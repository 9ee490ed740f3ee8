package io.github.gan4j;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.training.dataset.ArrayDataset;
import io.github.gan4j.nn.BatchNorm;
import io.github.gan4j.nn.ConditionalBatchNorm;
import io.github.gan4j.nn.ConvTranspose;
import io.github.gan4j.nn.DiffAugment;
import io.github.gan4j.nn.GroupNorm;
import io.github.gan4j.nn.InstanceNorm;
import io.github.gan4j.nn.Maxout;
import io.github.gan4j.nn.MinibatchStdDev;
import io.github.gan4j.nn.PixelNorm;
import io.github.gan4j.nn.PixelShuffle;
import io.github.gan4j.nn.Rectifier;
import io.github.gan4j.nn.ReflectionPad2d;
import io.github.gan4j.nn.ResidualBlock;
import io.github.gan4j.nn.SelfAttention;
import io.github.gan4j.nn.Sequential;
import io.github.gan4j.nn.SkipConnection;
import io.github.gan4j.nn.SpectralNorm;
import io.github.gan4j.nn.Upsample;
import io.github.gan4j.optim.Optimizer;
import io.github.gan4j.optim.Updater;
import io.github.gan4j.torch.GradMode;
import io.github.gan4j.torch.Torch;
import java.util.Map;

/** Networks, data and optimisers small enough to reason about. */
final class TinyGames {

    static final int CLASSES = 3;

    private TinyGames() {}

    /** Latents (2) to points (3). */
    static Generator generator() {
        return Generator.of(perceptron(3), new Shape(2));
    }

    /** Points (3) to scores. */
    static Discriminator discriminator() {
        return Discriminator.of(perceptron(1), new Shape(3));
    }

    static Block perceptron(long outputs) {
        return new SequentialBlock()
                .add(linear(4))
                .add(Activation.tanhBlock())
                .add(linear(outputs));
    }

    static Block linear(long units) {
        return Linear.builder().setUnits(units).build();
    }

    static Gan.Builder game() {
        return Gan.builder().setGenerator(generator()).setDiscriminator(discriminator());
    }

    /** A miniature DCGAN for images (channels, 8, 8), with batch norm on both sides. */
    static Gan.Builder imageGame(int channels) {
        Block generator =
                new SequentialBlock()
                        .add(LambdaBlock.singleton(z -> z.reshape(z.getShape().get(0), -1, 1, 1)))
                        .add(convTranspose(6, 4, 1, 0))
                        .add(BatchNorm.builder().build())
                        .add(Activation.reluBlock())
                        .add(convTranspose(channels, 4, 2, 1))
                        .add(Activation.tanhBlock());
        Block discriminator =
                new SequentialBlock()
                        .add(conv(4, 4, 2, 1))
                        .add(Activation.leakyReluBlock(0.2f))
                        .add(conv(6, 3, 1, 1))
                        .add(BatchNorm.builder().build())
                        .add(Activation.leakyReluBlock(0.2f))
                        .add(conv(1, 4, 1, 0))
                        .add(Blocks.batchFlattenBlock());
        return Gan.builder()
                .setGenerator(Generator.of(generator, new Shape(5)))
                .setDiscriminator(Discriminator.of(discriminator, new Shape(channels, 8, 8)));
    }

    /** A game of images (3, 8, 8) and labels, made of all the layers that it can be made of. */
    static Gan.Builder layeredGame() {
        Block main =
                new Sequential()
                        .add(
                                ConditionalBatchNorm.builder()
                                        .setClasses(CLASSES)
                                        .optActivation(Rectifier.relu())
                                        .build())
                        .add(new Upsample(2))
                        .add(new ReflectionPad2d(1))
                        .add(new SpectralNorm(conv(8, 3, 1, 0)));
        Block generator =
                new Sequential()
                        .add(new PixelNorm())
                        .add(new Maxout(32))
                        .add(LambdaBlock.singleton(z -> z.reshape(z.getShape().get(0), -1, 2, 2)))
                        .add(new ResidualBlock(main, new Upsample(2)))
                        .add(InstanceNorm.builder().optActivation(Rectifier.relu()).build())
                        .add(new SelfAttention(8))
                        .add(new PixelShuffle(2))
                        .add(conv(3, 3, 1, 1))
                        .add(Activation.tanhBlock());
        Block discriminator =
                new SequentialBlock()
                        .add(new LambdaBlock(inputs -> new NDList(inputs.head())))
                        .add(new DiffAugment())
                        .add(new SkipConnection(new SpectralNorm(conv(5, 3, 1, 1))))
                        .add(GroupNorm.builder().setGroups(2).build())
                        .add(new SelfAttention(8, true))
                        .add(new MinibatchStdDev())
                        .add(new SpectralNorm(conv(4, 4, 4, 0)))
                        .add(BatchNorm.builder().optActivation(Rectifier.leaky(0.2)).build())
                        .add(Blocks.batchFlattenBlock())
                        .add(linear(1));
        return Gan.builder()
                .setGenerator(Generator.of(generator, new Shape(5), new Shape()))
                .setDiscriminator(Discriminator.of(discriminator, new Shape(3, 8, 8), new Shape()))
                .optConditional(true);
    }

    private static Block conv(int filters, long kernel, long stride, long padding) {
        return Conv2d.builder()
                .setFilters(filters)
                .setKernelShape(new Shape(kernel, kernel))
                .optStride(new Shape(stride, stride))
                .optPadding(new Shape(padding, padding))
                .build();
    }

    private static Block convTranspose(int filters, long kernel, long stride, long padding) {
        return ConvTranspose.builder()
                .setFilters(filters)
                .setKernelShape(new Shape(kernel, kernel))
                .optStride(new Shape(stride, stride))
                .optPadding(new Shape(padding, padding))
                .optBias(false)
                .build();
    }

    /** A game whose networks are fed a class label beside the latent and the sample. */
    static Gan.Builder conditionalGame() {
        Block generator = new SequentialBlock().add(oneHot()).add(perceptron(3));
        Block discriminator = new SequentialBlock().add(oneHot()).add(perceptron(1));
        return Gan.builder()
                .setGenerator(Generator.of(generator, new Shape(2), new Shape()))
                .setDiscriminator(Discriminator.of(discriminator, new Shape(3), new Shape()))
                .optConditional(true);
    }

    /** Puts a label, as one number in three, beside the first input. */
    private static Block oneHot() {
        return new LambdaBlock(
                inputs -> {
                    NDArray label = inputs.get(1).toType(DataType.INT64, false);
                    return new NDList(inputs.get(0).concat(label.oneHot(CLASSES), 1));
                });
    }

    /** Plain gradient descent as a user would write it. */
    static Optimizer descent(float rate) {
        return parameters ->
                new Updater() {
                    @Override
                    public void update(NDList gradients, long update, long step, double factor) {
                        try (GradMode recording = GradMode.off()) {
                            for (int i = 0; i < parameters.size(); i++) {
                                parameters.get(i).subi(gradients.get(i).mul(rate * factor));
                            }
                        }
                    }

                    @Override
                    public Map<String, NDArray> getState() {
                        return Map.of();
                    }
                };
    }

    /** Random samples of a shape, the same in every call. */
    static ArrayDataset data(NDManager manager, int count, long... shape) {
        return builder(manager, count, shape).build();
    }

    /** Random samples with labels 0, 1, 2, 0, 1, ... */
    static ArrayDataset labelledData(NDManager manager, int count, long... shape) {
        long[] labels = new long[count];
        for (int i = 0; i < count; i++) {
            labels[i] = i % CLASSES;
        }
        return builder(manager, count, shape).optLabels(manager.create(labels)).build();
    }

    private static ArrayDataset.Builder builder(NDManager manager, int count, long... shape) {
        Torch.seed(99);
        NDArray samples = manager.randomUniform(-1f, 1f, new Shape(count).addAll(new Shape(shape)));
        return new ArrayDataset.Builder().setData(samples).setSampling(4, false);
    }

    /** A trainer with batches of four. */
    static GanTrainer.Builder trainer(Gan gan, ai.djl.training.dataset.Dataset data) {
        return GanTrainer.builder().setGan(gan).setDataset(data).optBatchSize(4).optSeed(5);
    }
}
