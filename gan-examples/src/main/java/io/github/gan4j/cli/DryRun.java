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

    private static final int WARM_UP = 3;
    private static final int TIMED = 5;

    private DryRun() {}

    static void print(RunConfig given, PrintWriter out) {
        try (Run run = Run.rehearse(given)) {
            out.println(Training.describe(run));
            out.println();
            run.getTrainer()
                    .getGan()
                    .getNetworks()
                    .forEach((name, network) -> out.println(NetworkSummary.of(name, network)));
            double milliseconds = timeStep(run.getTrainer());
            double seconds = milliseconds * run.getConfig().steps() / 1000;
            out.printf(
                    "About %.0f ms a step, measured over %d steps on scratch weights: %d:%02d in"
                            + " all.%nNothing was trained, nothing was written.%n",
                    milliseconds, TIMED, (long) seconds / 60, (long) seconds % 60);
            out.flush();
        }
    }

    private static double timeStep(GanTrainer trainer) {
        List<Double> times = new ArrayList<>();
        trainer.addListener(
                new TrainingListener() {
                    @Override
                    public void onStep(GanTrainer t, StepReport report) {
                        if (report.step() > WARM_UP) {
                            times.add(report.milliseconds());
                        }
                    }
                });
        trainer.train(WARM_UP + TIMED);
        Collections.sort(times);
        return times.get(TIMED / 2);
    }
}
