package io.github.gan4j.cli;

import io.github.gan4j.run.TrainedGenerator;
import java.nio.file.Path;
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

    @Option(names = "--overwrite", description = "Write over what is there.")
    private boolean overwrite;

    Path run() {
        return run;
    }

    TrainedGenerator open() {
        return best ? TrainedGenerator.openBest(run) : TrainedGenerator.open(run);
    }

    long seed() {
        return seed;
    }

    boolean overwrite() {
        return overwrite;
    }
}
