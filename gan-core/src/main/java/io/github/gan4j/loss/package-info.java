/**
 * Losses: one small class for each idea of a paper.
 *
 * <p>Notation: \(x\) a real score, \(y\) a score of a generated sample, both logits; \(\sigma\) the
 * logistic function; \(\mathrm{E}\) the mean over the batch and over all scores of a sample.
 */
package io.github.gan4j.loss;
