package io.github.gan4j.ledger;

import java.util.Map;

/**
 * What a line came to for one seed, as it is kept.
 *
 * @param line the name of the line
 * @param seed the seed
 * @param spec what was trained and measured, see {@link Line#spec}
 * @param scores the numbers by the names of their protocols
 * @param trainingSeconds how long training took on the clock, pauses and other work of the machine
 *     included
 * @param trainingCpuSeconds the time that all processors together spent on it; {@code null} where
 *     that is unknown
 * @param evaluationSeconds how long measuring took
 * @param hardware what it ran on
 * @param threads the number of threads that one operator might use
 * @param commit the version of gan4j
 */
public record Result(
        String line,
        long seed,
        Map<String, Object> spec,
        Map<String, Double> scores,
        double trainingSeconds,
        Double trainingCpuSeconds,
        double evaluationSeconds,
        String hardware,
        int threads,
        String commit) {}
