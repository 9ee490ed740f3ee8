package io.github.gan4j.bench;

import io.github.gan4j.bench.Contestant.Turn;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * Lets contestants take turns: each trains for some steps while the others are idle, round after
 * round, so that whatever slows the machine down for a while slows all of them.
 */
final class Turns {

    /** Threads of OpenMP look for work for some milliseconds after there is none. */
    static final Duration PAUSE = Duration.ofMillis(200);

    private static final int WARM_UP_STEPS = 3;
    private static final double WARM_UP_MILLISECONDS = 2000;
    private static final int MOST_WARM_UP_STEPS = 200;
    private static final int WARM_UP_IMAGES = 256;

    private final List<Score> scores;
    private final Duration pause;
    private final Consumer<String> progress;

    Turns(List<? extends Contestant> contestants, Duration pause, Consumer<String> progress) {
        scores = contestants.stream().map(Score::new).toList();
        this.pause = pause;
        this.progress = progress;
    }

    List<Score> getScores() {
        return scores;
    }

    /**
     * Gives everybody some untimed steps.
     *
     * @param steps how many; {@code null} for as many as take about two seconds
     * @param most no more than this unless steps are given; {@code null} for no such limit
     * @return about how many milliseconds a step of the first contestant takes; NaN after no steps
     */
    double warmUp(Integer steps, Integer most) {
        double estimate = Double.NaN;
        for (Score score : scores) {
            Contestant contestant = score.contestant;
            if (steps != null && steps == 0) {
                continue;
            }
            progress.accept("warming up " + contestant.getName());
            int first = steps != null ? steps : atMost(most, WARM_UP_STEPS);
            Turn turn = contestant.run(first);
            if (steps == null) {
                double milliseconds = Statistics.of(turn.stepMilliseconds()).median();
                double wanted = WARM_UP_MILLISECONDS / milliseconds;
                int more = atMost(most, (int) Math.min(MOST_WARM_UP_STEPS, wanted)) - first;
                turn = more > 0 ? contestant.run(more) : turn;
            }
            if (Double.isNaN(estimate)) {
                estimate = Statistics.of(turn.stepMilliseconds()).median();
            }
            rest();
        }
        return estimate;
    }

    private static int atMost(Integer most, int wanted) {
        return most == null ? wanted : Math.min(most, wanted);
    }

    /** Plays all rounds. */
    void play(Plan plan) {
        for (int round = 0; round < plan.rounds(); round++) {
            int steps = plan.stepsOf(round);
            turnOfEach(
                    score -> {
                        Turn turn = score.contestant.run(steps);
                        score.add(turn);
                        return turn.milliseconds();
                    });
            report("round %d of %d, %d steps:".formatted(round + 1, plan.rounds(), steps));
            if (round == plan.earlyRound()) {
                scores.forEach(score -> score.early = score.contestant.memory());
            }
        }
        scores.forEach(score -> score.end = score.contestant.memory());
        generate(plan.images());
    }

    private void generate(int images) {
        if (images == 0) {
            return;
        }
        progress.accept("generating images");
        for (Score score : scores) {
            score.contestant.generate(Math.min(images, WARM_UP_IMAGES));
            rest();
        }
        for (int round = 0; round < Plan.GENERATING_ROUNDS; round++) {
            for (Score score : scores) {
                score.generations.add(score.contestant.generate(images));
                rest();
            }
        }
    }

    /** Everybody's processor time is watched in everybody's turn. */
    private void turnOfEach(ToDoubleFunction<Score> turn) {
        for (Score score : scores) {
            scores.forEach(Score::beforeTurn);
            double seconds = turn.applyAsDouble(score) / 1000;
            scores.forEach(s -> s.afterTurn(s.equals(score), seconds));
            rest();
        }
    }

    private void report(String title) {
        List<String> times = new ArrayList<>();
        for (Score score : scores) {
            double latest = score.rounds.get(score.rounds.size() - 1);
            times.add(String.format(Locale.ROOT, "%s %.1f", score.contestant.getName(), latest));
        }
        progress.accept(
                title + times.stream().collect(Collectors.joining(", ", " ", " ms a step")));
    }

    private void rest() {
        try {
            Thread.sleep(pause.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The benchmark was interrupted.", e);
        }
    }
}
