package io.github.gan4j.evaluation;

import io.github.gan4j.metric.ProtocolName;

/**
 * A measured number.
 *
 * @param protocol how it was measured; its name is that of the number
 * @param better which way is good
 * @param value the number
 */
public record Score(ProtocolName protocol, Better better, double value) {

    /** Which way a number is good. */
    public enum Better {
        /** Less is better. */
        LOWER,
        /** More is better. */
        HIGHER,
        /** It has to be read beside others. */
        UNSAID
    }
}
