package io.github.gan4j.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.gan4j.InvalidInputException;
import io.github.gan4j.run.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Keeps results as small files, {@code LINE/SEED.json}, each written whole or not at all. */
final class Results {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;

    Results(Path folder) {
        this.folder = folder;
    }

    private Path file(Line line, long seed) {
        return folder.resolve(line.name()).resolve(seed + ".json");
    }

    /** Finds the result of a line, if it is one of the line as it stands now. */
    Optional<Result> find(Line line, long seed) {
        Path file = file(line, seed);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            Result result = JSON.readValue(file.toFile(), Result.class);
            // By way of trees, in which numbers of any width are equal.
            boolean same = tree(result.spec()).equals(tree(line.spec()));
            return same ? Optional.of(result) : Optional.empty();
        } catch (IOException e) {
            throw new InvalidInputException(
                    "The result '%s' cannot be read; delete it, and it is made again."
                            .formatted(file),
                    e);
        }
    }

    private static JsonNode tree(Object value) throws IOException {
        return JSON.readTree(JSON.writeValueAsString(value));
    }

    void keep(Line line, Result result) throws IOException {
        Path file = file(line, result.seed());
        Files.createDirectories(file.getParent());
        try (AtomicFile atomic = new AtomicFile(file)) {
            String text = JSON.writerWithDefaultPrettyPrinter().writeValueAsString(result);
            Files.writeString(atomic.getPartial(), text + "\n");
            atomic.commit();
        }
    }
}
