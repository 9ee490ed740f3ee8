/** Huang et al. 2024. */
package io.github.gan4j.models.r3gan;
