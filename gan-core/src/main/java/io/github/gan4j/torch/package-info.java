/**
 * The bridge to the operators of libtorch that Deep Java Library does not offer.
 *
 * <p>libtorch compiles TorchScript, and a TorchScript archive is a plain zip of source text. {@link
 * io.github.gan4j.torch.TorchFunction} writes such an archive in memory and calls it with autograd
 * on, so every operator of libtorch is within reach from Java, without native code: transposed
 * convolutions, gradients of gradients, a whole optimiser step in one call. {@link
 * io.github.gan4j.torch.Torch} gives those that the framework needs typed names.
 *
 * <p>This package is the only one that may import {@code ai.djl.pytorch}.
 */
package io.github.gan4j.torch;
