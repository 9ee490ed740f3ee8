package io.github.gan4j.schedule;

import io.github.gan4j.Schedule;

/**
 * Half a cosine from full rate to a floor (Loshchilov and Hutter 2017, equation 5, without
 * restarts).
 *
 * @param length the number of steps that it takes, 1 or more
 * @param floor the factor at the end, 0 to 1
 */
public record CosineSchedule(long length, double floor) implements Schedule {

    /**
     * Constructs the schedule.
     *
     * @param length the number of steps that it takes
     * @param floor the factor at the end
     */
    public CosineSchedule {
        Steps.requireOrder("cosine", 0, length);
        Steps.requireFactor("cosine", "floor", floor);
    }

    /** Constructs a schedule of 10,000 steps that ends at zero. */
    public CosineSchedule() {
        this(10_000, 0);
    }

    @Override
    public double factor(long step) {
        double wave = (1 + Math.cos(Math.PI * Steps.progress(step, 0, length))) / 2;
        return floor + (1 - floor) * wave;
    }

    @Override
    public String getSummary() {
        return "Loshchilov and Hutter 2017: half a cosine to a floor";
    }
}
