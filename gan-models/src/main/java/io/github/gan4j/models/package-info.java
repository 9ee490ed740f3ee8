/** GAN variants: one package each, with the networks and the defaults of its paper. */
package io.github.gan4j.models;
