package io.github.gan4j.cli;

import io.github.gan4j.GanTrainer;
import io.github.gan4j.StepReport;
import io.github.gan4j.TrainingListener;
import io.github.gan4j.run.NetworkSummary;
import io.github.gan4j.run.Run;
import io.github.gan4j.run.RunConfig;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Says what a training would be, and how long it would take. */
final class DryRun {

    /** A JVM that has just started takes its time; so long is waited for it at least. */
    private static final double WARM_UP_SECONDS = 1;

    private static final int WARM_UP_STEPS = 3;
    private static final double TIMED_SECONDS = 2;
    private static final int TIMED_STEPS = 5;

    private DryRun() {}

    static void print(RunConfig given, PrintWriter out) {
        try (Run run = Run.rehearse(given)) {
            out.println(Training.describe(run));
            out.println();
            run.getTrainer()
                    .getGan()
                    .getNetworks()
                    .forEach((name, network) -> out.println(NetworkSummary.of(name, network)));
            List<Double> times = timeSteps(run.getTrainer());
            double milliseconds = times.get(times.size() / 2);
            double seconds = milliseconds * run.getConfig().steps() / 1000;
            out.printf(
                    "About %s ms a step, the median of %d steps on scratch weights: %d:%02d in"
                            + " all.%nNothing was trained, nothing was written.%n",
                    (milliseconds < 10 ? "%.1f" : "%.0f").formatted(milliseconds),
                    times.size(),
                    (long) seconds / 60,
                    (long) seconds % 60);
            out.flush();
        }
    }

    /** Returns the milliseconds that steps take, the shortest first. */
    private static List<Double> timeSteps(GanTrainer trainer) {
        List<Double> times = new ArrayList<>();
        long start = System.nanoTime();
        trainer.addListener(
                new TrainingListener() {
                    private double warm;

                    @Override
                    public void onStep(GanTrainer t, StepReport report) {
                        double now = (System.nanoTime() - start) / 1e9;
                        if (report.step() <= WARM_UP_STEPS || now < WARM_UP_SECONDS) {
                            warm = now;
                            return;
                        }
                        times.add(report.milliseconds());
                        if (times.size() >= TIMED_STEPS && now - warm >= TIMED_SECONDS) {
                            t.stop();
                        }
                    }
                });
        trainer.train(Long.MAX_VALUE);
        Collections.sort(times);
        return times;
    }
}
