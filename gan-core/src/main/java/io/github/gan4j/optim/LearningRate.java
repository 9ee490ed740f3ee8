package io.github.gan4j.optim;

import ai.djl.training.tracker.Tracker;

/** Reads schedules of learning rates. */
final class LearningRate {

    private LearningRate() {}

    /**
     * The rate of a step, counted from 0, in double precision, as PyTorch takes it: the decimal
     * number that was meant, for trackers speak float, and 2e-4f is not 2e-4.
     */
    static double at(Tracker tracker, long step, double factor) {
        float rate = tracker.getNewValue(Math.toIntExact(step));
        return factor * Double.parseDouble(Float.toString(rate));
    }
}
