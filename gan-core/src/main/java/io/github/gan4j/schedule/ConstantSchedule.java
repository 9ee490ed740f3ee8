package io.github.gan4j.schedule;

import io.github.gan4j.Schedule;

/** The learning rate as it is set. */
public record ConstantSchedule() implements Schedule {

    @Override
    public double factor(long step) {
        return 1;
    }

    @Override
    public String getSummary() {
        return "The learning rate as it is set";
    }
}
