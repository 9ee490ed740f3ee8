/** Miyato and Koyama 2018. */
package io.github.gan4j.models.projection;
