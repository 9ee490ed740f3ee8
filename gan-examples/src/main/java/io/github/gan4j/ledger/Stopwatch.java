package io.github.gan4j.ledger;

import io.github.gan4j.GanTrainer;
import io.github.gan4j.StepReport;
import io.github.gan4j.TrainingListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes down, at each checkpoint, how long a training has taken, killed processes included. */
final class Stopwatch implements TrainingListener {

    private final Path file;
    private final double before;
    private final int every;
    private final long start = System.nanoTime();

    /**
     * Constructs a listener.
     *
     * @param file where the seconds go
     * @param before the seconds that earlier processes took
     * @param every the number of steps between checkpoints
     */
    Stopwatch(Path file, double before, int every) {
        this.file = file;
        this.before = before;
        this.every = every;
    }

    @Override
    public void onStep(GanTrainer trainer, StepReport report) {
        if (report.step() % every == 0) {
            double seconds = before + (System.nanoTime() - start) / 1e9;
            try {
                Files.writeString(file, seconds + "\n");
            } catch (IOException e) {
                throw new UncheckedIOException("'" + file + "' cannot be written.", e);
            }
        }
    }
}
