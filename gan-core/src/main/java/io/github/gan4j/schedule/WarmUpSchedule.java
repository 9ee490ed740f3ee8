package io.github.gan4j.schedule;

import io.github.gan4j.Schedule;

/**
 * A straight line from nearly zero to full rate over the first updates.
 *
 * @param updates how many, 1 or more
 */
public record WarmUpSchedule(long updates) implements Schedule {

    /**
     * Constructs the schedule.
     *
     * @param updates how many
     */
    public WarmUpSchedule {
        Updates.requireOrder("warm-up", 0, updates);
    }

    /** Constructs a warm-up of 500 updates. */
    public WarmUpSchedule() {
        this(500);
    }

    @Override
    public double factor(long update) {
        return Math.min(1, (update + 1.0) / updates);
    }

    @Override
    public String getSummary() {
        return "A straight line to full rate over the first updates";
    }
}
