package io.github.gan4j.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.gan4j.run.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes JSON for people and programs. */
final class JsonFile {

    private static final ObjectMapper JSON = new ObjectMapper();

    private JsonFile() {}

    /** Writes a file, whole or not at all. */
    static void write(Path file, Object tree) throws IOException {
        try (AtomicFile atomic = new AtomicFile(file)) {
            String text = JSON.writerWithDefaultPrettyPrinter().writeValueAsString(tree);
            Files.writeString(atomic.getPartial(), text + "\n");
            atomic.commit();
        }
    }
}
