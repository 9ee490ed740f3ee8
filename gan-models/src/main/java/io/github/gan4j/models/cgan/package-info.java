/** Mirza and Osindero 2014. */
package io.github.gan4j.models.cgan;
