package io.github.gan4j.schedule;

import io.github.gan4j.Schedule;

/**
 * The rate halves every so many steps. It counts from the beginning and not from the end, so a run
 * that goes on for longer is the same run.
 *
 * @param steps after how many the rate is half, 1 or more
 */
public record HalfLifeSchedule(long steps) implements Schedule {

    /**
     * Constructs the schedule.
     *
     * @param steps after how many the rate is half
     */
    public HalfLifeSchedule {
        Steps.requireOrder("half-life", 0, steps);
    }

    /** Constructs a half-life of 10,000 steps. */
    public HalfLifeSchedule() {
        this(10_000);
    }

    @Override
    public double factor(long step) {
        return Math.pow(0.5, (double) step / steps);
    }

    @Override
    public String getSummary() {
        return "The rate halves every so many steps";
    }
}
