/** Networks of fully connected layers, which several variants share. */
package io.github.gan4j.models.mlp;
