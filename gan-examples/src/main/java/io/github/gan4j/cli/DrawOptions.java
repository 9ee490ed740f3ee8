package io.github.gan4j.cli;

import ai.djl.Device;
import io.github.gan4j.run.TrainedGenerator;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What all commands take that draw from a trained generator. */
final class DrawOptions {

    @Parameters(paramLabel = "RUN", description = "The run folder.")
    private Path run;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "0",
            description = "What latents are drawn from (default: 0).")
    private long seed;

    @Option(
            names = "--best",
            description = "Draws from the best checkpoint, of a run trained with --evaluate-every.")
    private boolean best;

    @Option(
            names = "--label",
            paramLabel = "CLASS",
            description =
                    "A class to draw, by name or by number from 0; may be repeated (default: all"
                            + " classes, where the variant is a conditional one).")
    private List<String> labels = List.of();

    @Mixin private DeviceOption device;

    @Option(names = "--overwrite", description = "Write over what is there.")
    private boolean overwrite;

    Path run() {
        return run;
    }

    TrainedGenerator open() {
        return TrainedGenerator.open(run, best, device());
    }

    Device device() {
        return device.find();
    }

    /**
     * Returns the classes to draw: those asked for, or else all. Empty for a generator that draws
     * no classes.
     */
    long[] classes(TrainedGenerator generator) {
        if (!labels.isEmpty()) {
            return labels.stream().mapToLong(generator::findLabel).toArray();
        }
        return generator.isConditional()
                ? LongStream.range(0, generator.getClassNames().size()).toArray()
                : new long[0];
    }

    long seed() {
        return seed;
    }

    boolean overwrite() {
        return overwrite;
    }
}
