package io.github.gan4j.ledger;

import io.github.gan4j.GanTrainer;
import io.github.gan4j.StepReport;
import io.github.gan4j.TrainingListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** Writes down, at each checkpoint, how long a training has taken, killed processes included. */
final class Stopwatch implements TrainingListener {

    private final Path file;
    private final Elapsed before;
    private final int every;
    private final Elapsed start = Elapsed.now();

    /**
     * Constructs a listener.
     *
     * @param file where the time goes
     * @param before the time that earlier processes took
     * @param every the number of steps between checkpoints
     */
    Stopwatch(Path file, Elapsed before, int every) {
        this.file = file;
        this.before = before;
        this.every = every;
    }

    /** The time until now, that of earlier processes included. */
    Elapsed getElapsed() {
        return before.plus(Elapsed.since(start));
    }

    @Override
    public void onStep(GanTrainer trainer, StepReport report) {
        if (report.step() % every == 0) {
            try {
                getElapsed().write(file);
            } catch (IOException e) {
                throw new UncheckedIOException("'" + file + "' cannot be written.", e);
            }
        }
    }
}
