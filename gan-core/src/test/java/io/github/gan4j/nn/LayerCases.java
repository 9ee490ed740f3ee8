package io.github.gan4j.nn;

import static java.util.Map.entry;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.LayerNorm;
import java.util.Map;
import java.util.function.Supplier;

/** The layers of the cases that {@code record_layers.py} records, by name. */
final class LayerCases {

    static final Map<String, Supplier<Block>> BLOCKS =
            Map.ofEntries(
                    entry("batch_norm_2", () -> BatchNorm.builder().build()),
                    entry("batch_norm_3", () -> BatchNorm.builder().build()),
                    entry("batch_norm_4", () -> BatchNorm.builder().build()),
                    entry("batch_norm_5", () -> BatchNorm.builder().build()),
                    entry("batch_norm_one", () -> BatchNorm.builder().build()),
                    entry("batch_norm_eval", () -> BatchNorm.builder().build()),
                    entry("batch_norm_plain", () -> BatchNorm.builder().optAffine(false).build()),
                    entry(
                            "batch_norm_settings",
                            () -> BatchNorm.builder().optMomentum(0.3).optEpsilon(0.02).build()),
                    entry("batch_norm_relu", () -> relu()),
                    entry("batch_norm_relu_eval", () -> relu()),
                    entry(
                            "batch_norm_leaky",
                            () -> BatchNorm.builder().optActivation(Rectifier.leaky(0.2)).build()),
                    entry("instance_norm_3", () -> InstanceNorm.builder().build()),
                    entry("instance_norm_4", () -> InstanceNorm.builder().build()),
                    entry(
                            "instance_norm_affine",
                            () -> InstanceNorm.builder().optAffine(true).build()),
                    entry(
                            "instance_norm_eval",
                            () -> InstanceNorm.builder().optAffine(true).build()),
                    entry(
                            "instance_norm_5_leaky",
                            () ->
                                    InstanceNorm.builder()
                                            .optAffine(true)
                                            .optActivation(Rectifier.leaky(0.2))
                                            .build()),
                    entry("group_norm", () -> GroupNorm.builder().setGroups(3).build()),
                    entry("group_norm_one", () -> GroupNorm.builder().setGroups(1).build()),
                    entry("group_norm_flat", () -> GroupNorm.builder().setGroups(2).build()),
                    entry(
                            "group_norm_plain_relu",
                            () ->
                                    GroupNorm.builder()
                                            .setGroups(2)
                                            .optAffine(false)
                                            .optActivation(Rectifier.relu())
                                            .build()),
                    entry("layer_norm", () -> LayerNorm.builder().build()),
                    entry("pixel_norm", PixelNorm::new),
                    entry("pixel_norm_flat", PixelNorm::new),
                    entry("conditional_norm", LayerCases::conditional),
                    entry("conditional_norm_eval", LayerCases::conditional),
                    entry("conditional_norm_flat", LayerCases::conditional),
                    entry(
                            "conditional_norm_relu",
                            () ->
                                    ConditionalBatchNorm.builder()
                                            .setClasses(3)
                                            .optActivation(Rectifier.relu())
                                            .build()),
                    entry("label_embedding", () -> new LabelEmbedding(3, 5)),
                    entry("one_hot", () -> new OneHot(4)),
                    entry(
                            "conditional_sequence",
                            () ->
                                    new Sequential()
                                            .add(conditional())
                                            .add(conv(4, 1, false))
                                            .add(
                                                    new ResidualBlock(
                                                            new Sequential().add(conditional()),
                                                            conv(4, 1, false)))),
                    entry("deviation", MinibatchStdDev::new),
                    entry("deviation_parts", () -> new MinibatchStdDev(2, 2)),
                    entry("deviation_few", MinibatchStdDev::new),
                    entry("deviation_one", MinibatchStdDev::new),
                    entry("maxout", () -> new Maxout(3)),
                    entry("attention", () -> new SelfAttention(16)),
                    entry("attention_spectral", () -> new SelfAttention(16, true)),
                    entry(
                            "residual",
                            () ->
                                    new ResidualBlock(
                                            new SequentialBlock()
                                                    .add(conv(4, 3, false))
                                                    .add(Activation.tanhBlock()),
                                            conv(4, 1, false))),
                    entry(
                            "residual_identity",
                            () ->
                                    new ResidualBlock(
                                            new SequentialBlock()
                                                    .add(linear(3))
                                                    .add(Activation.tanhBlock()))),
                    entry("skip", () -> new SkipConnection(conv(2, 3, false))),
                    entry("reflection_pad", () -> new ReflectionPad2d(2)),
                    entry("reflection_pad_sides", () -> new ReflectionPad2d(3, 0, 1, 2)),
                    entry("upsample_3", () -> new Upsample(2)),
                    entry("upsample_4", () -> new Upsample(2)),
                    entry("upsample_5", () -> new Upsample(2)),
                    entry("upsample_three", () -> new Upsample(3)),
                    entry("pixel_shuffle", () -> new PixelShuffle(2)),
                    entry("resize_to", () -> ResizeBilinear.to(5, 3)),
                    entry("resize_by", () -> ResizeBilinear.by(2)),
                    entry("spectral_conv", LayerCases::spectralConv),
                    entry("spectral_conv_eval", LayerCases::spectralConv),
                    entry("spectral_linear", () -> new SpectralNorm(linear(3))),
                    entry(
                            "spectral_transpose",
                            () ->
                                    new SpectralNorm(
                                            ConvTranspose.builder()
                                                    .setFilters(4)
                                                    .setKernelShape(new Shape(2, 2))
                                                    .optStride(new Shape(2, 2))
                                                    .optBias(false)
                                                    .build())),
                    entry("spectral_embedding", () -> new SpectralNorm(new LabelEmbedding(3, 4))));

    private LayerCases() {}

    static Block conv(int filters, int kernel, boolean bias) {
        return Conv2d.builder()
                .setFilters(filters)
                .setKernelShape(new Shape(kernel, kernel))
                .optPadding(new Shape(kernel / 2, kernel / 2))
                .optBias(bias)
                .build();
    }

    static Block linear(int units) {
        return Linear.builder().setUnits(units).optBias(false).build();
    }

    private static Block relu() {
        return BatchNorm.builder().optActivation(Rectifier.relu()).build();
    }

    private static Block conditional() {
        return ConditionalBatchNorm.builder().setClasses(3).build();
    }

    private static Block spectralConv() {
        return new SequentialBlock()
                .add(new SpectralNorm(conv(5, 3, true)))
                .add(Activation.tanhBlock());
    }
}
