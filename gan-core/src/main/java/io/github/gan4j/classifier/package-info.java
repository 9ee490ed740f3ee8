/**
 * A small classifier of pictures, and its training: what looks at samples, and what learns of them.
 */
package io.github.gan4j.classifier;
