/** Penalties: terms that keep the discriminator smooth, most of them by its gradient. */
package io.github.gan4j.penalty;
