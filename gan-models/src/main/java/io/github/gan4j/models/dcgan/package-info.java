/** DCGAN: convolutional networks that train stably (Radford et al. 2015). */
package io.github.gan4j.models.dcgan;
