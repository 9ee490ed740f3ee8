/** Play with the latents of a trained generator: ways from one to another, and attributes. */
package io.github.gan4j.latent;
