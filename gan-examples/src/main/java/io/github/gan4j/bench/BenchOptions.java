package io.github.gan4j.bench;

import io.github.gan4j.Devices;
import io.github.gan4j.InvalidInputException;
import io.github.gan4j.nn.Precision;
import io.github.gan4j.process.WritableFile;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What to measure: the options of {@code gan4j bench}, for picocli to fill in. */
public final class BenchOptions {

    private static final int DEFAULT_ROUNDS = 30;
    private static final int MEMORY_ROUNDS = 10;

    @Parameters(
            arity = "0..1",
            paramLabel = "VARIANT",
            description = "What to measure: gan, dcgan, ...; 'gan4j list' shows all.")
    String variant;

    @Option(
            names = "--all",
            description =
                    "Measures the variants that PyTorch can be compared in, one after the other, and"
                            + " where the device multiplies bfloat16 in that precision, too.")
    boolean all;

    @Option(
            names = "--page",
            paramLabel = "FILE",
            description = "With --all: writes the table as Markdown.")
    Path page;

    @Option(
            names = "--growth",
            paramLabel = "FILE",
            description =
                    "Measures how the time of a step grows with the batch, the pictures and the"
                            + " width of the networks instead, gan4j alone, and draws it as PNG.")
    Path growth;

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
            description = "Timed steps of each side in all (default: rounds of about 1 s).")
    Integer steps;

    @Option(names = "--rounds", paramLabel = "N", description = "Turns of each side (default: 30).")
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
            names = "--device",
            paramLabel = "cpu|gpu[:N]",
            defaultValue = "cpu",
            description = "Where all sides compute (default: cpu).")
    String device;

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

    /** Returns options that can be changed without changing these. */
    BenchOptions copy() {
        BenchOptions copy = new BenchOptions();
        copy.variant = variant;
        copy.size = size;
        copy.channels = channels;
        copy.batchSize = batchSize;
        copy.steps = steps;
        copy.rounds = rounds;
        copy.warmUp = warmUp;
        copy.settings = settings;
        copy.precision = precision;
        copy.device = device;
        copy.threads = threads;
        copy.python = python;
        copy.noPython = noPython;
        copy.generate = generate;
        return copy;
    }

    /** Refuses what cannot be measured, and settles what {@code --memory} means. */
    void check() {
        InvalidInputException.requireAtLeast(1, "--size", size);
        InvalidInputException.requireAtLeast(1, "--channels", channels);
        InvalidInputException.requireAtLeast(1, "--batch-size", batchSize);
        InvalidInputException.requireAtLeast(1, "--steps", steps);
        InvalidInputException.requireAtLeast(1, "--rounds", rounds);
        Precision.parse(precision, Devices.parse(device));
        InvalidInputException.requireAtLeast(0, "--warm-up", warmUp);
        InvalidInputException.requireAtLeast(1, "--threads", threads);
        InvalidInputException.requireAtLeast(0, "--generate", generate);
        InvalidInputException.requireAtLeast(1, "--memory-steps", memorySteps);
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
        WritableFile.require("--json", json);
        WritableFile.require("--page", page);
        WritableFile.require("--growth", growth);
        checkMode();
    }

    private void checkMode() {
        if (variant == null && !all) {
            throw new InvalidInputException(
                    "What shall be measured? Name a variant, or give --all; 'gan4j list' shows all.");
        }
        if (page != null && !all) {
            throw new InvalidInputException("--page goes with --all only; leave it out.");
        }
        boolean other = isMemoryWatch() || python != null || steps != null || generate != null;
        if (growth != null && (all || other)) {
            throw new InvalidInputException(
                    "--growth measures gan4j alone, in turns of its own; leave --all, --memory,"
                            + " --python, --steps and --generate out.");
        }
        boolean given =
                variant != null
                        || size != null
                        || channels != null
                        || batchSize != null
                        || isMemoryWatch()
                        || !settings.isEmpty()
                        || !"float32".equals(precision);
        if (all && given) {
            throw new InvalidInputException(
                    "--all has variants, sizes, settings and precisions of its own; leave VARIANT,"
                            + " --size, --channels, --batch-size, --set, --precision and --memory"
                            + " out.");
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
            return new Plan(all, Math.min(MEMORY_ROUNDS, all), generate == null ? 0 : generate);
        }
        int images = generate == null ? 1024 : generate;
        if (steps != null) {
            int turns = rounds == null ? Math.min(DEFAULT_ROUNDS, steps) : rounds;
            return new Plan(steps, turns, images);
        }
        int turns = rounds == null ? DEFAULT_ROUNDS : rounds;
        int each = Plan.stepsOfTurn(Plan.TURN_MILLISECONDS, stepMilliseconds, 500);
        return new Plan(turns * each, turns, images);
    }
}
