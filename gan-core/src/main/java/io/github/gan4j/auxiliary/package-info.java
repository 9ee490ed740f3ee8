/** Second tasks of the discriminator, whose losses both players share. */
package io.github.gan4j.auxiliary;
