package io.github.gan4j.run;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * A file that appears whole or not at all, whenever the process or the machine stops: it is written
 * under another name beside its own and renamed when the disk has it.
 *
 * <pre>{@code
 * try (AtomicFile atomic = new AtomicFile(file)) {
 *     Files.writeString(atomic.getPartial(), text);
 *     atomic.commit();
 * }
 * }</pre>
 */
public final class AtomicFile implements Closeable {

    static final String SUFFIX = ".tmp";

    private final Path file;
    private final Path partial;

    /**
     * Names the file; nothing is opened.
     *
     * @param file the file that is to appear
     */
    public AtomicFile(Path file) {
        this.file = file;
        partial = file.resolveSibling(file.getFileName() + SUFFIX);
    }

    /**
     * Returns the file to write.
     *
     * @return a file beside the one that is to appear
     */
    public Path getPartial() {
        return partial;
    }

    /**
     * Gives the file its name, over one that has it already.
     *
     * @throws IOException if the disk cannot take it
     */
    public void commit() throws IOException {
        try (FileChannel channel = FileChannel.open(partial, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        Files.move(
                partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        Path folder = file.toAbsolutePath().getParent();
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            // Windows opens no folder; there the name is as safe as the file system makes it.
            return;
        }
    }

    /**
     * Deletes what was written, unless it has got its name.
     *
     * @throws IOException if it cannot be deleted
     */
    @Override
    public void close() throws IOException {
        Files.deleteIfExists(partial);
    }
}
