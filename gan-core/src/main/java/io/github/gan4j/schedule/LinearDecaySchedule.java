package io.github.gan4j.schedule;

import io.github.gan4j.Schedule;

/**
 * Full rate up to a certain step, then a straight line to zero (as CycleGAN does; Zhu et al. 2017,
 * section 4). It counts steps of the training from the beginning, so a run that is made longer
 * needs it set from the start.
 *
 * @param from the step at which the decay begins, 0 or more
 * @param to the step at which the rate is zero, above the first
 */
public record LinearDecaySchedule(long from, long to) implements Schedule {

    /**
     * Constructs the schedule.
     *
     * @param from the step at which the decay begins
     * @param to the step at which the rate is zero
     */
    public LinearDecaySchedule {
        Steps.requireOrder("linear-decay", from, to);
    }

    /** Constructs a decay from step 5,000 to 10,000. */
    public LinearDecaySchedule() {
        this(5000, 10_000);
    }

    @Override
    public double factor(long step) {
        return 1 - Steps.progress(step, from, to);
    }

    @Override
    public String getSummary() {
        return "Zhu et al. 2017: full rate, then a straight line to zero";
    }
}
