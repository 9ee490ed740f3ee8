package io.github.gan4j.cli;

import io.github.gan4j.run.Run;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code gan4j resume}. */
@Command(
        name = "resume",
        description = "Goes on with a run from its last checkpoint.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class ResumeCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "RUN", description = "The run folder.")
    private Path folder;

    @ArgGroup private TrainCommand.Length length;

    @Option(
            names = "--device",
            paramLabel = "cpu|gpu[:N]",
            description = "Where to compute (default: as before).")
    private String device;

    @Option(
            names = "--evaluate-every",
            paramLabel = "N",
            description = "Measures samples every N steps (default: as before).")
    private Integer evaluateEvery;

    @Option(
            names = "--rollback",
            paramLabel = "N",
            description = "How often to go back if it diverges or collapses (default: as before).")
    private Integer rollback;

    @Override
    public Integer call() {
        Map<String, Object> changes = new LinkedHashMap<>();
        if (length != null && length.steps != null) {
            changes.put("steps", length.steps);
        }
        if (length != null && length.epochs != null) {
            changes.put("epochs", length.epochs);
        }
        if (device != null) {
            changes.put("device", device);
        }
        if (evaluateEvery != null) {
            changes.put("evaluateEvery", evaluateEvery);
        }
        if (rollback != null) {
            changes.put("rollback", rollback);
        }
        try (Run training = Run.resume(folder, changes)) {
            return Training.train(training, folder, spec.commandLine().getErr());
        }
    }
}
