package io.github.gan4j.cli;

import io.github.gan4j.Domains;
import io.github.gan4j.Network;
import io.github.gan4j.SampleSpec;
import io.github.gan4j.run.NetworkSummary;
import io.github.gan4j.run.Run;
import io.github.gan4j.run.RunConfig;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.Collectors;

/** Trains a run and tells the user about it. */
final class Training {

    /** The exit status of a process that was interrupted, 128 + SIGINT. */
    private static final int INTERRUPTED = 130;

    private Training() {}

    static int train(Run run, Path folder, PrintWriter out) {
        RunConfig config = run.getConfig();
        long done = run.getTrainer().getStep();
        if (done >= config.steps()) {
            run.train(); // writes what a process that was killed at the very end did not
            out.printf(
                    "The run has done %,d steps; give more with --steps or --epochs to go on.%n",
                    done);
            out.flush();
            return 0;
        }
        out.println(describe(run));
        out.printf("%s %s%n", done == 0 ? "Writing to" : "From step " + done + " on in", folder);
        out.flush();
        long start = System.nanoTime();
        try (Interruption interruption = new Interruption(run.getTrainer())) {
            run.train(Progress.create(config, out));
            if (run.getTrainer().getStep() < config.steps()) {
                out.printf(
                        "Stopped at step %,d; 'gan4j resume %s' goes on.%n",
                        run.getTrainer().getStep(), folder);
                out.flush(); // before the process is let go
                return INTERRUPTED;
            }
        }
        Duration taken = Duration.ofNanos(System.nanoTime() - start);
        out.printf(
                "Done in %d:%02d. Look at %s%n",
                taken.toMinutes(), taken.toSecondsPart(), folder.resolve("samples"));
        out.flush();
        return 0;
    }

    /** One line on what is trained. */
    static String describe(Run run) {
        RunConfig config = run.getConfig();
        double epochs =
                (double) config.steps()
                        * run.getTrainer().getGan().getStrategy().getBatchesPerStep()
                        / run.getTrainer().getBatchesPerEpoch();
        String networks =
                run.getTrainer().getGan().getNetworks().entrySet().stream()
                        .map(e -> e.getKey() + " " + parameters(e.getValue()))
                        .collect(Collectors.joining(", "));
        return "%s on %s: %,d samples of %s, batch %d, %,d steps (%.1f epochs), seed %d, %s%n%s parameters"
                .formatted(
                        config.variant(),
                        run.getDataset().getName(),
                        run.getDataset().size(),
                        describe(run.getDataset().getSampleSpec()),
                        config.batchSize(),
                        config.steps(),
                        epochs,
                        config.seed(),
                        config.device(),
                        networks);
    }

    private static String describe(SampleSpec samples) {
        return samples.domains() == Domains.ONE
                ? samples.shape().toString()
                : "%s and %s, %s"
                        .formatted(
                                samples.shape(),
                                samples.shapeB(),
                                samples.domains().name().toLowerCase(Locale.ROOT));
    }

    private static String parameters(Network network) {
        return "%,d".formatted(NetworkSummary.countParameters(network.getBlock()));
    }
}
