package io.github.gan4j.schedule;

import io.github.gan4j.Schedule;

/**
 * The rate halves every so many updates. It counts from the beginning and not from the end, so a
 * run that goes on for longer is the same run.
 *
 * @param updates after how many the rate is half, 1 or more
 */
public record HalfLifeSchedule(long updates) implements Schedule {

    /**
     * Constructs the schedule.
     *
     * @param updates after how many the rate is half
     */
    public HalfLifeSchedule {
        Updates.requireOrder("half-life", 0, updates);
    }

    /** Constructs a half-life of 10,000 updates. */
    public HalfLifeSchedule() {
        this(10_000);
    }

    @Override
    public double factor(long update) {
        return Math.pow(0.5, (double) update / updates);
    }

    @Override
    public String getSummary() {
        return "The rate halves every so many updates";
    }
}
