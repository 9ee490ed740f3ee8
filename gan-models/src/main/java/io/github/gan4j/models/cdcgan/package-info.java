/** Mirza and Osindero 2014 with the networks of DCGAN. */
package io.github.gan4j.models.cdcgan;
