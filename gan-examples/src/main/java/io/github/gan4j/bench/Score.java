package io.github.gan4j.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What is noted down about a contestant while the turns go round. */
final class Score {

    /** Systems count processor time in hundredths of a second; less than this says little. */
    private static final double LEAST_SECONDS = 1;

    final Contestant contestant;
    final List<Double> steps = new ArrayList<>();
    final List<Double> rounds = new ArrayList<>();
    final List<Double> generations = new ArrayList<>();
    Memory early;
    Memory end;
    private double busySeconds;
    private double turnSeconds;
    private double idleBusySeconds;
    private double idleSeconds;
    private Duration cpuBefore = Duration.ZERO;

    Score(Contestant contestant) {
        this.contestant = contestant;
    }

    void add(Contestant.Turn turn) {
        for (double step : turn.stepMilliseconds()) {
            steps.add(step);
        }
        rounds.add(turn.perStep());
    }

    /** To be called before somebody's turn. */
    void beforeTurn() {
        cpuBefore = contestant.cpuTime();
    }

    /** To be called after somebody's turn. */
    void afterTurn(boolean own, double seconds) {
        double used = contestant.cpuTime().minus(cpuBefore).toNanos() / 1e9;
        if (own) {
            busySeconds += used;
            turnSeconds += seconds;
        } else {
            idleBusySeconds += used;
            idleSeconds += seconds;
        }
    }

    /** Returns how many cores the contestant kept busy in its own turns; null if not known. */
    Double coresBusy() {
        return cores(busySeconds, turnSeconds);
    }

    /**
     * Returns how many it kept busy in the turns of others, where 0 is right; null if not known.
     */
    Double coresBusyWhenIdle() {
        return cores(idleBusySeconds, idleSeconds);
    }

    private Double cores(double used, double seconds) {
        boolean known = seconds >= LEAST_SECONDS && contestant.cpuTime().toNanos() > 0;
        return known ? used / seconds : null;
    }

    /** Returns the times of a step by round, as multiples of another's in the same round. */
    List<Double> ratiosTo(Score other) {
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < rounds.size(); i++) {
            ratios.add(rounds.get(i) / other.rounds.get(i));
        }
        return ratios;
    }
}
