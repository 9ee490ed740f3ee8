package io.github.gan4j.schedule;

import io.github.gan4j.Schedule;

/**
 * A straight line from nearly zero to full rate over the first steps.
 *
 * @param steps how many, 1 or more
 */
public record WarmUpSchedule(long steps) implements Schedule {

    /**
     * Constructs the schedule.
     *
     * @param steps how many
     */
    public WarmUpSchedule {
        Steps.requireOrder("warm-up", 0, steps);
    }

    /** Constructs a warm-up of 500 steps. */
    public WarmUpSchedule() {
        this(500);
    }

    @Override
    public double factor(long step) {
        return Math.min(1, (step + 1.0) / steps);
    }

    @Override
    public String getSummary() {
        return "A straight line to full rate over the first steps";
    }
}
