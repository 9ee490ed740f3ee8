package io.github.gan4j.optim;

import ai.djl.training.tracker.Tracker;
import io.github.gan4j.InvalidInputException;

/**
 * What describes an optimiser with a learning rate.
 *
 * @param <B> the builder itself
 */
public abstract sealed class OptimizerBuilder<B extends OptimizerBuilder<B>>
        permits Adam.Builder, RmsProp.Builder, Sgd.Builder {

    private final String optimizer;
    private Tracker learningRate;

    OptimizerBuilder(String optimizer, double learningRate) {
        this.optimizer = optimizer;
        this.learningRate = Tracker.fixed((float) learningRate);
    }

    /**
     * Sets a constant learning rate.
     *
     * @param rate the rate; what it is unless set, the optimiser says
     * @return this builder
     * @throws InvalidInputException if it is negative or not finite
     */
    public B optLearningRate(double rate) {
        require(rate >= 0 && rate < Double.POSITIVE_INFINITY, "learning rate", rate, "0 or more");
        return optLearningRate(Tracker.fixed((float) rate));
    }

    /**
     * Sets a schedule of the learning rate.
     *
     * @param schedule gives the rate for each step of the training, counted from 0
     * @return this builder
     */
    public B optLearningRate(Tracker schedule) {
        learningRate = schedule;
        return self();
    }

    Tracker learningRate() {
        return learningRate;
    }

    /** Refuses a value that the optimiser cannot work with. */
    void require(boolean valid, String what, double value, String range) {
        if (!valid) {
            throw new InvalidInputException(
                    "The %s of %s is %s; it must be %s.".formatted(what, optimizer, value, range));
        }
    }

    abstract B self();
}
