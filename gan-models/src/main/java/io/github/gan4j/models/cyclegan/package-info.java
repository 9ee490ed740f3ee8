/** CycleGAN: translation between two domains without pairs (Zhu et al. 2017). */
package io.github.gan4j.models.cyclegan;
