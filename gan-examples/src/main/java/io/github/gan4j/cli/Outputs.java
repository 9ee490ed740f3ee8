package io.github.gan4j.cli;

import io.github.gan4j.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;

/** Checks of where results go. */
final class Outputs {

    private Outputs() {}

    /** Returns what follows the last dot of the file's name, in lower case, or an empty string. */
    static String extension(Path file) {
        String name = file.getFileName().toString();
        int dot = name.lastIndexOf('.');
        return dot <= 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
    }

    /** Refuses to write over something, and makes the folder that the file goes into. */
    static void requireFree(Path file, boolean overwrite) throws IOException {
        boolean taken = Files.isRegularFile(file) || Files.isDirectory(file) && !isEmpty(file);
        if (taken && !overwrite) {
            throw new InvalidInputException(
                    "'" + file + "' exists; choose another name for --out, or add --overwrite.");
        }
        Path parent = file.toAbsolutePath().getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.findAny().isEmpty();
        }
    }
}
