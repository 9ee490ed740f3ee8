/** The vanilla GAN of multi-layer perceptrons (Goodfellow et al. 2014). */
package io.github.gan4j.models.vanilla;
