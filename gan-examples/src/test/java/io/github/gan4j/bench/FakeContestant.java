package io.github.gan4j.bench;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** A side whose every step takes the same time, without its passing. */
final class FakeContestant implements Contestant {

    private final String name;
    private final double milliseconds;
    private final List<String> log;
    private double residentMb = 100;

    FakeContestant(String name, double milliseconds, List<String> log) {
        this.name = name;
        this.milliseconds = milliseconds;
        this.log = log;
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public Map<String, Long> getParameters() {
        return Map.of("generator", 7L);
    }

    @Override
    public Turn run(int steps) {
        log.add(name + " " + steps);
        residentMb += steps;
        double[] times = new double[steps];
        Arrays.fill(times, milliseconds);
        return new Turn(times, steps * milliseconds);
    }

    @Override
    public Memory memory() {
        return new Memory(residentMb, residentMb + 1, null, null);
    }

    @Override
    public double generate(int count) {
        log.add(name + " generates " + count);
        return 2.0 * count;
    }

    @Override
    public Duration cpuTime() {
        return Duration.ZERO;
    }

    @Override
    public void close() {
        log.add(name + " closed");
    }
}
