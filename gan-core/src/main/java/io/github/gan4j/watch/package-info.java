/** Watching a training: divergence and collapse, told in words while there is time to act. */
package io.github.gan4j.watch;
