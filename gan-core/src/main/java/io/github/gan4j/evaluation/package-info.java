/**
 * Measuring a generator: draws samples, extracts their features, and takes the measures of {@link
 * io.github.gan4j.metric} against real data.
 */
package io.github.gan4j.evaluation;
