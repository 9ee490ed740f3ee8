package io.github.gan4j.metric;

/** The terms of entropies, in nats. */
final class Entropy {

    private Entropy() {}

    /** \(p \log p\), which is 0 at 0. */
    static double term(double p) {
        return p == 0 ? 0 : p * Math.log(p);
    }
}
