/**
 * Layers that Deep Java Library lacks, or cannot differentiate twice, as DJL blocks: saved, loaded
 * and nested like any other.
 *
 * <ul>
 *   <li>Convolution and size: {@code ConvTranspose}, {@code ReflectionPad2d}, {@code Upsample},
 *       {@code PixelShuffle}, {@code ResizeBilinear}.
 *   <li>Normalisation: {@code BatchNorm}, {@code InstanceNorm}, {@code GroupNorm}, {@code
 *       PixelNorm}, {@code ConditionalBatchNorm}; of weights, {@code SpectralNorm}. (DJL's own
 *       {@code LayerNorm} serves images too.)
 *   <li>What discriminators look with: {@code MinibatchStdDev}, {@code SelfAttention}, {@code
 *       Maxout}, {@code DiffAugment}.
 *   <li>Labels: {@code LabelEmbedding}, {@code OneHot}.
 *   <li>Containers that hand labels on to the blocks that are {@code Conditional}, and make one
 *       call of the engine of layers of this package that follow each other: {@code Sequential},
 *       {@code ResidualBlock}, {@code SkipConnection}. A {@code TorchLambda} is a layer of a line.
 * </ul>
 */
package io.github.gan4j.nn;
