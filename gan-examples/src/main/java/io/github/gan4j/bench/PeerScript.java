package io.github.gan4j.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The PyTorch script, taken out of the jar for a Python to read. */
final class PeerScript implements AutoCloseable {

    private static final String RESOURCE = "torch_peer.py";

    private final Path file;

    PeerScript() {
        try (InputStream script = PeerScript.class.getResourceAsStream(RESOURCE)) {
            file = Files.createTempFile("gan4j-", "-" + RESOURCE);
            file.toFile().deleteOnExit(); // an interrupted benchmark closes nothing
            Files.copy(script, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("The PyTorch script cannot be written: " + e, e);
        }
    }

    Path getFile() {
        return file;
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException("The PyTorch script cannot be deleted: " + e, e);
        }
    }
}
