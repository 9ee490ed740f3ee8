/** Chen et al. 2016. */
package io.github.gan4j.models.infogan;
