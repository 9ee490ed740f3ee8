/**
 * Measures of sample quality, in plain Java and double precision.
 *
 * <p>Each measure is one class: a pure method that takes {@link io.github.gan4j.metric.Features},
 * {@link io.github.gan4j.metric.Images}, probabilities or labels and returns a number or a record,
 * and a {@link io.github.gan4j.metric.Measure} by which {@link io.github.gan4j.metric.Measures}
 * finds it by name. Results depend neither on how the data was cut into batches nor on the number
 * of threads. Chance enters by a seed only.
 *
 * <p>A number has a meaning only together with its {@link io.github.gan4j.metric.ProtocolName}.
 *
 * <pre>{@code
 * Gaussian real = Gaussian.of(realFeatures);
 * double fid = FrechetDistance.between(real, Gaussian.of(fakeFeatures));
 * }</pre>
 */
package io.github.gan4j.metric;
