package io.github.gan4j.penalty;

import io.github.gan4j.InvalidInputException;

/** What the options of penalties have in common. */
final class Weighted {

    private Weighted() {}

    /** Refuses a weight below 0 or an interval below 1. */
    static void check(String penalty, float weight, int interval) {
        requireNotNegative(penalty, "weight", weight);
        if (interval < 1) {
            throw new InvalidInputException(
                    "The interval of the penalty %s is %d; it must be 1 or more."
                            .formatted(penalty, interval));
        }
    }

    /** Refuses an option below 0. */
    static void requireNotNegative(String penalty, String option, float value) {
        if (!(value >= 0 && value < Float.POSITIVE_INFINITY)) {
            throw new InvalidInputException(
                    "The %s of the penalty %s is %s; it must be 0 or more."
                            .formatted(option, penalty, value));
        }
    }
}
