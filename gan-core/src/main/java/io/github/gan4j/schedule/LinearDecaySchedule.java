package io.github.gan4j.schedule;

import io.github.gan4j.Schedule;

/**
 * Full rate up to a certain update, then a straight line to zero (as CycleGAN does; Zhu et al.
 * 2017, section 4). It counts updates of the player from the beginning, so a run that is made
 * longer needs it set from the start.
 *
 * @param from the update at which the decay begins, 0 or more
 * @param to the update at which the rate is zero, above the first
 */
public record LinearDecaySchedule(long from, long to) implements Schedule {

    /**
     * Constructs the schedule.
     *
     * @param from the update at which the decay begins
     * @param to the update at which the rate is zero
     */
    public LinearDecaySchedule {
        Updates.requireOrder("linear-decay", from, to);
    }

    /** Constructs a decay from update 5,000 to 10,000. */
    public LinearDecaySchedule() {
        this(5000, 10_000);
    }

    @Override
    public double factor(long update) {
        return 1 - Updates.progress(update, from, to);
    }

    @Override
    public String getSummary() {
        return "Zhu et al. 2017: full rate, then a straight line to zero";
    }
}
