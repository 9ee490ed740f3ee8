/** Kodali et al. 2017. */
package io.github.gan4j.models.dragan;
