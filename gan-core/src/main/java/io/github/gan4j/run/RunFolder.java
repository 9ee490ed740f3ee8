package io.github.gan4j.run;

import io.github.gan4j.InvalidInputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;

/** What lies where in a run folder. */
final class RunFolder {

    static final String CONFIG = "config.yaml";
    static final String CONTENTS = "dataset.txt";
    static final String METRICS = "metrics.jsonl";
    static final String WARNINGS = "warnings.jsonl";
    static final String LOSSES = "losses.png";
    static final String SAMPLES = "samples";
    static final String CHECKPOINTS = "checkpoints";
    static final String GENERATOR = "generator";

    /** The generator of the best checkpoint. */
    static final String BEST = CHECKPOINTS + "/best";

    /** What a process that was killed at its very start leaves. */
    private static final Set<String> LEFT_OVER =
            Set.of(
                    CONFIG + AtomicFile.SUFFIX,
                    CONTENTS,
                    CONTENTS + AtomicFile.SUFFIX,
                    RunLock.NAME);

    private RunFolder() {}

    /** Refuses a folder that holds something already. */
    static void requireNew(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> entries = Files.list(folder)) {
            if (entries.anyMatch(file -> !LEFT_OVER.contains(file.getFileName().toString()))) {
                throw new InvalidInputException(
                        ("The folder '%s' exists and is not empty; go on with 'gan4j resume %s', or"
                                        + " choose another one with --out.")
                                .formatted(folder, folder));
            }
        } catch (NotDirectoryException e) {
            throw new InvalidInputException(
                    "'" + folder + "' is a file; choose a folder with --out.", e);
        } catch (IOException e) {
            throw new InvalidInputException(
                    "The folder '" + folder + "' cannot be read; choose another one with --out.",
                    e);
        }
    }

    static void writeConfig(Path folder, RunConfig config) throws IOException {
        try (AtomicFile file = new AtomicFile(folder.resolve(CONFIG))) {
            Files.writeString(file.getPartial(), config.toYaml(), StandardCharsets.UTF_8);
            file.commit();
        }
    }

    static RunConfig readConfig(Path folder, int threads) {
        Path file = folder.resolve(CONFIG);
        if (!Files.isRegularFile(file)) {
            throw new InvalidInputException(
                    Files.isDirectory(folder)
                            ? "'%s' is not a run folder: it has no %s.".formatted(folder, CONFIG)
                            : "There is no run folder '%s'; train one with 'gan4j train'."
                                    .formatted(folder));
        }
        return RunConfig.read(file, threads);
    }
}
