package io.github.gan4j.cli;

import io.github.gan4j.GanTrainer;
import io.github.gan4j.StepReport;
import io.github.gan4j.TrainingListener;
import io.github.gan4j.run.RunConfig;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Shows how far a training is: a bar on a terminal, plain lines elsewhere. */
final class Progress {

    private Progress() {}

    static TrainingListener create(RunConfig config, PrintWriter out) {
        // The launcher knows whether standard error is a terminal; Java's own answer varies by
        // version.
        return Boolean.getBoolean("gan4j.terminal") ? new Bar() : new Lines(config, out);
    }

    private static String losses(StepReport report) {
        return report.values().entrySet().stream()
                .filter(e -> !e.getKey().endsWith("gradient norm"))
                .map(e -> shorten(e.getKey()) + " %.3f".formatted(e.getValue()))
                .collect(Collectors.joining("  "));
    }

    /** The losses alone, for a line that holds a bar too. */
    private static String brief(StepReport report) {
        return report.values().entrySet().stream()
                .filter(e -> e.getKey().endsWith("/loss"))
                .map(
                        e ->
                                shorten(e.getKey()).replace(" loss", "")
                                        + " %.2f".formatted(e.getValue()))
                .collect(Collectors.joining(" "));
    }

    /** discriminator/loss becomes D loss; discriminator/D(real) becomes D(real). */
    private static String shorten(String name) {
        Map<String, String> players = Map.of("discriminator", "D", "generator", "G");
        int slash = name.indexOf('/');
        String term = name.substring(slash + 1);
        String player = name.substring(0, slash);
        return term.matches("D(_\\w+)?\\(.*")
                ? term
                : players.getOrDefault(player, player) + " " + term;
    }

    private static final class Bar implements TrainingListener {

        private ProgressBar bar;

        @Override
        public void onStart(GanTrainer trainer, long untilStep) {
            bar =
                    new ProgressBarBuilder()
                            .setTaskName("")
                            .setInitialMax(untilStep)
                            .startsFrom(trainer.getStep(), Duration.ZERO)
                            .setStyle(ProgressBarStyle.ASCII)
                            .setUpdateIntervalMillis(200)
                            .setSpeedUnit(java.time.temporal.ChronoUnit.SECONDS)
                            .showSpeed()
                            .build();
        }

        @Override
        public void onStep(GanTrainer trainer, StepReport report) {
            bar.stepTo(report.step());
            bar.setExtraMessage(" " + brief(report));
        }

        @Override
        public void onEnd(GanTrainer trainer) {
            bar.close();
        }

        @Override
        public void onFailure(GanTrainer trainer, Throwable failure) {
            if (bar != null) {
                bar.close();
            }
        }
    }

    private static final class Lines implements TrainingListener {

        private final long every;
        private final PrintWriter out;
        private long untilStep;
        private long firstStep;
        private long start;

        Lines(RunConfig config, PrintWriter out) {
            this.every = Math.max(config.logEvery(), config.steps() / 20);
            this.out = out;
        }

        @Override
        public void onStart(GanTrainer trainer, long until) {
            untilStep = until;
            firstStep = trainer.getStep();
            start = System.nanoTime();
        }

        @Override
        public void onStep(GanTrainer trainer, StepReport report) {
            long step = report.step();
            if (step % every != 0 && step != untilStep) {
                return;
            }
            double rate = (step - firstStep) / ((System.nanoTime() - start) / 1e9);
            long left = Math.round((untilStep - step) / rate);
            out.printf(
                    "step %d/%d  %.1f/s  %d:%02d left  %s%n",
                    step, untilStep, rate, left / 60, left % 60, losses(report));
            out.flush();
        }
    }
}
