/** Networks of strided convolutions, which several variants share. */
package io.github.gan4j.models.conv;
