package io.github.gan4j.bench;

import io.github.gan4j.InvalidInputException;
import io.github.gan4j.nn.Precision;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What to measure: the options of {@code gan4j bench}, for picocli to fill in. */
public final class BenchOptions {

    private static final int DEFAULT_ROUNDS = 10;

    @Parameters(
            paramLabel = "VARIANT",
            description = "What to measure: gan, dcgan, ...; 'gan4j list' shows all.")
    String variant;

    @Option(
            names = "--size",
            paramLabel = "PX",
            description =
                    "Side of the images in pixels (default: 64, for gan 28, for wgan-gp and what translates 32).")
    Integer size;

    @Option(
            names = "--channels",
            paramLabel = "1|3",
            description = "Grey or colour (default: 1, for what translates 3).")
    Integer channels;

    @Option(
            names = "--batch-size",
            paramLabel = "N",
            description = "Samples in a batch (default: the variant's).")
    Integer batchSize;

    @Option(
            names = "--steps",
            paramLabel = "N",
            description = "Timed steps of each side in all (default: rounds of about 4 s).")
    Integer steps;

    @Option(names = "--rounds", paramLabel = "N", description = "Turns of each side (default: 10).")
    Integer rounds;

    @Option(
            names = "--warm-up",
            paramLabel = "N",
            description = "Steps of each side before the first is timed (default: about 2 s).")
    Integer warmUp;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "A setting of the variant, see 'gan4j list VARIANT'; may be repeated.")
    Map<String, String> settings = new LinkedHashMap<>();

    @Option(
            names = "--precision",
            paramLabel = "float32|bfloat16|auto",
            defaultValue = "float32",
            description =
                    "How accurately gan4j's layers multiply (default: float32). In bfloat16 the lean"
                            + " PyTorch multiplies so too, by autocast.")
    String precision;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Threads of each side (default: the engine's choice).")
    Integer threads;

    @Option(
            names = "--python",
            paramLabel = "PATH",
            description = "A Python that has torch (default: python3).")
    String python;

    @Option(names = "--no-python", description = "Measures gan4j alone.")
    boolean noPython;

    @Option(
            names = "--generate",
            paramLabel = "N",
            description = "Images to generate in each of three turns; 0 for none (default: 1024).")
    Integer generate;

    @Option(
            names = "--memory",
            description =
                    "Watches memory instead: 2,000 steps, with a look after 200 and at the end.")
    boolean memory;

    @Option(
            names = "--memory-steps",
            paramLabel = "N",
            description = "The same with N steps and a look after a tenth of them.")
    Integer memorySteps;

    @Option(names = "--json", paramLabel = "FILE", description = "Writes all figures there, too.")
    Path json;

    /**
     * Returns where all figures are written to.
     *
     * @return a file, or {@code null}
     */
    public Path getJson() {
        return json;
    }

    /** Refuses what cannot be measured, and settles what {@code --memory} means. */
    void check() {
        requireAtLeast(1, "--size", size);
        requireAtLeast(1, "--channels", channels);
        requireAtLeast(1, "--batch-size", batchSize);
        requireAtLeast(1, "--steps", steps);
        requireAtLeast(1, "--rounds", rounds);
        Precision.parse(precision);
        requireAtLeast(0, "--warm-up", warmUp);
        requireAtLeast(1, "--threads", threads);
        requireAtLeast(0, "--generate", generate);
        requireAtLeast(1, "--memory-steps", memorySteps);
        if (isMemoryWatch() && (steps != null || rounds != null || warmUp != null)) {
            throw new InvalidInputException(
                    "--memory counts its own steps; give --memory-steps in place of --steps,"
                            + " --rounds and --warm-up.");
        }
        if (steps != null && rounds != null && rounds > steps) {
            throw new InvalidInputException(
                    "--rounds is %d, but there are only %d steps; give a round at least one."
                            .formatted(rounds, steps));
        }
        if (noPython && python != null) {
            throw new InvalidInputException(
                    "--python and --no-python contradict each other; leave one of them out.");
        }
        if (json != null) {
            Path folder = json.toAbsolutePath().getParent();
            if (Files.isDirectory(json) || !Files.isDirectory(folder)) {
                throw new InvalidInputException(
                        ("--json is '%s', which cannot be written; name a file in a folder"
                                        + " that exists.")
                                .formatted(json));
            }
        }
    }

    private static void requireAtLeast(int least, String name, Integer value) {
        if (value != null && value < least) {
            throw new InvalidInputException(
                    "%s is %d; it must be %d or more.".formatted(name, value, least));
        }
    }

    private boolean isMemoryWatch() {
        return memory || memorySteps != null;
    }

    /** Returns the number of steps before the first timed one; {@code null} for two seconds. */
    Integer warmUpSteps() {
        return isMemoryWatch() ? Integer.valueOf(0) : warmUp;
    }

    /**
     * Plans the turns.
     *
     * @param stepMilliseconds about how long a step takes; NaN if there was no warm-up
     */
    Plan plan(double stepMilliseconds) {
        if (isMemoryWatch()) {
            int all = memorySteps == null ? 2000 : memorySteps;
            return new Plan(all, Math.min(DEFAULT_ROUNDS, all), generate == null ? 0 : generate);
        }
        int images = generate == null ? 1024 : generate;
        if (steps != null) {
            int turns = rounds == null ? Math.min(DEFAULT_ROUNDS, steps) : rounds;
            return new Plan(steps, turns, images);
        }
        int turns = rounds == null ? DEFAULT_ROUNDS : rounds;
        double each =
                Double.isNaN(stepMilliseconds) ? 10 : Plan.TURN_MILLISECONDS / stepMilliseconds;
        return new Plan(turns * (int) Math.max(1, Math.min(500, each)), turns, images);
    }
}
