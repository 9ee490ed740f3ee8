/** Measures of sample quality, each a pure function of samples. */
package io.github.gan4j.metric;
