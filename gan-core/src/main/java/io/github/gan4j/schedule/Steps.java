package io.github.gan4j.schedule;

import io.github.gan4j.InvalidInputException;

/** What schedules have in common: stretches of steps. */
final class Steps {

    private Steps() {}

    /** Tells how much of a stretch is done, 0 before and 1 after it. */
    static double progress(long step, long from, long to) {
        return Math.max(0, Math.min(1, (double) (step - from) / (to - from)));
    }

    static void requireOrder(String schedule, long from, long to) {
        if (from < 0 || to <= from) {
            throw new InvalidInputException(
                    "The schedule %s goes from step %d to %d; it must go from 0 or more to a later one."
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
