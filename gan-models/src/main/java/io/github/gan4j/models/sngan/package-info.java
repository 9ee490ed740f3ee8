/** Miyato et al. 2018. */
package io.github.gan4j.models.sngan;
