package io.github.gan4j.optim;

import ai.djl.training.tracker.Tracker;
import io.github.gan4j.InvalidInputException;

/** What learning rates of all optimisers have in common. */
final class LearningRate {

    private LearningRate() {}

    /** A constant rate; refuses what is none. */
    static Tracker fixed(String optimizer, double rate) {
        require(
                rate >= 0 && rate < Double.POSITIVE_INFINITY,
                optimizer,
                "learning rate",
                rate,
                "0 or more");
        return Tracker.fixed((float) rate);
    }

    /**
     * The rate of an update, counted from 1, in double precision, as PyTorch takes it: the decimal
     * number that was meant, for trackers speak float, and 2e-4f is not 2e-4.
     */
    static double at(Tracker tracker, long update, double factor) {
        float rate = tracker.getNewValue(Math.toIntExact(update - 1));
        return factor * Double.parseDouble(Float.toString(rate));
    }

    /** Refuses a hyper-parameter out of its range. */
    static void require(boolean valid, String optimizer, String what, double value, String range) {
        if (!valid) {
            throw new InvalidInputException(
                    "The %s of %s is %s; it must be %s.".formatted(what, optimizer, value, range));
        }
    }
}
