/** pix2pix: translation learnt from pairs (Isola et al. 2017). */
package io.github.gan4j.models.pix2pix;
