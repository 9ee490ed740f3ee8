package io.github.gan4j.ledger;

import io.github.gan4j.run.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Time that a training has taken. Wall time also tells how busy the machine was, and whether the
 * process was paused; the time of its processors says what the training itself costs.
 *
 * @param wall seconds on the clock
 * @param cpu seconds of all processors together; not a number where that is unknown
 */
record Elapsed(double wall, double cpu) {

    static final Elapsed NOTHING = new Elapsed(0, 0);

    /** The time of this process, by clocks of any origin: for differences. */
    static Elapsed now() {
        double cpu =
                ProcessHandle.current()
                        .info()
                        .totalCpuDuration()
                        .map(Duration::toNanos)
                        .map(nanos -> nanos / 1e9)
                        .orElse(Double.NaN);
        return new Elapsed(System.nanoTime() / 1e9, cpu);
    }

    Elapsed plus(Elapsed other) {
        return new Elapsed(wall + other.wall, cpu + other.cpu);
    }

    /** What has passed since a moment that {@link #now} told. */
    static Elapsed since(Elapsed start) {
        Elapsed now = now();
        return new Elapsed(now.wall - start.wall, now.cpu - start.cpu);
    }

    void write(Path file) throws IOException {
        try (AtomicFile atomic = new AtomicFile(file)) {
            Files.writeString(atomic.getPartial(), wall + " " + cpu + "\n");
            atomic.commit();
        }
    }

    static Elapsed read(Path file) throws IOException {
        String[] parts = Files.readString(file).strip().split(" ");
        double cpu = parts.length > 1 ? Double.parseDouble(parts[1]) : Double.NaN;
        return new Elapsed(Double.parseDouble(parts[0]), cpu);
    }
}
