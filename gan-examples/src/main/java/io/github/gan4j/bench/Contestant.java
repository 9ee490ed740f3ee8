package io.github.gan4j.bench;

import java.time.Duration;
import java.util.Map;

/** One side of a benchmark. Idle, that is without a busy thread, unless a method is running. */
interface Contestant extends AutoCloseable {

    /** Returns what the side is called in the report. */
    String getName();

    /** Returns the numbers of trainable parameters, by network. */
    Map<String, Long> getParameters();

    /**
     * Trains.
     *
     * @param steps how many steps, at least 1
     * @return what time they took
     */
    Turn run(int steps);

    /** Measures the memory of the side's process. */
    Memory memory();

    /**
     * Generates samples: from latents, or by translating pictures.
     *
     * @param count how many, at least 1
     * @return the milliseconds that it took
     */
    double generate(int count);

    /** Returns the processor time that the side's process has used; zero where it is not known. */
    Duration cpuTime();

    @Override
    void close();

    /**
     * A side's turn.
     *
     * @param stepMilliseconds the time of each step
     * @param milliseconds the time of all of them with the loop around them
     */
    record Turn(double[] stepMilliseconds, double milliseconds) {

        /** Returns the time of a step, its share of the loop included. */
        double perStep() {
            return milliseconds / stepMilliseconds.length;
        }
    }
}
