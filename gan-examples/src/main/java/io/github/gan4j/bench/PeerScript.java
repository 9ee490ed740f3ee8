package io.github.gan4j.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The PyTorch script and what it imports, taken out of the jar for a Python to read. */
final class PeerScript implements AutoCloseable {

    private static final List<String> RESOURCES = List.of("torch_peer.py", "torch_translation.py");

    private final Path folder;

    PeerScript() {
        try {
            folder = Files.createTempDirectory("gan4j-");
            folder.toFile().deleteOnExit(); // an interrupted benchmark closes nothing
            for (String resource : RESOURCES) {
                try (InputStream script = PeerScript.class.getResourceAsStream(resource)) {
                    Path file = folder.resolve(resource);
                    file.toFile().deleteOnExit(); // before the folder: the last comes first
                    Files.copy(script, file);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The PyTorch script cannot be written: " + e, e);
        }
    }

    Path getFile() {
        return folder.resolve(RESOURCES.get(0));
    }

    @Override
    public void close() {
        try {
            for (String resource : RESOURCES) {
                Files.deleteIfExists(folder.resolve(resource));
            }
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("The PyTorch script cannot be deleted: " + e, e);
        }
    }
}
