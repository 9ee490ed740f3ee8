package io.github.gan4j.process;

import io.github.gan4j.InvalidInputException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Looks at where a result is to go, before the work that makes it. */
public final class WritableFile {

    private WritableFile() {}

    /**
     * Refuses a file that cannot be written.
     *
     * @param option what the user calls the file by
     * @param file the file; {@code null} for none
     * @throws InvalidInputException if it is a folder, or its folder is not there
     */
    public static void require(String option, Path file) {
        if (file == null) {
            return;
        }
        Path folder = file.toAbsolutePath().getParent();
        if (Files.isDirectory(file) || !Files.isDirectory(folder)) {
            throw new InvalidInputException(
                    "%s is '%s', which cannot be written; name a file in a folder that exists."
                            .formatted(option, file));
        }
    }
}
