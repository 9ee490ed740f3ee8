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
 *   <li>Containers that hand labels on to the blocks that are {@code Conditional}: {@code
 *       Sequential}, {@code ResidualBlock}, {@code SkipConnection}.
 * </ul>
 */
package io.github.gan4j.nn;
