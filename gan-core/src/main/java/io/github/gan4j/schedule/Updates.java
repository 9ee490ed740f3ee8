package io.github.gan4j.schedule;

import io.github.gan4j.InvalidInputException;

/** What schedules have in common: stretches of updates. */
final class Updates {

    private Updates() {}

    /** Tells how much of a stretch is done, 0 before and 1 after it. */
    static double progress(long update, long from, long to) {
        return Math.max(0, Math.min(1, (double) (update - from) / (to - from)));
    }

    static void requireOrder(String schedule, long from, long to) {
        if (from < 0 || to <= from) {
            throw new InvalidInputException(
                    "The schedule %s goes from update %d to %d; it must go from 0 or more to a later one."
                            .formatted(schedule, from, to));
        }
    }

    static void requireFactor(String schedule, String option, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new InvalidInputException(
                    "The %s of the schedule %s is %s; it must be 0 to 1."
                            .formatted(option, schedule, value));
        }
    }
}
