/** Residual networks with spectral norm, which several variants share. */
package io.github.gan4j.models.resnet;
