package io.github.gan4j.cli;

import ai.djl.ndarray.types.Shape;
import io.github.gan4j.InvalidInputException;
import io.github.gan4j.Reasons;
import io.github.gan4j.run.TrainedGenerator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;

/** Checks of where results go. */
final class Outputs {

    private Outputs() {}

    /** Returns what follows the last dot of the file's name, in lower case, or an empty string. */
    static String extension(Path file) {
        String name = file.getFileName() == null ? "" : file.getFileName().toString();
        int dot = name.lastIndexOf('.');
        return dot <= 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
    }

    /** Refuses to write over something. Nothing is written yet. */
    static void requireFree(Path file, boolean overwrite) {
        if (Files.isDirectory(file) && !extension(file).isEmpty()) {
            throw new InvalidInputException(
                    "'" + file + "' is a folder; choose another name for --out.");
        }
        boolean taken = Files.isDirectory(file) ? !isEmpty(file) : Files.exists(file);
        if (taken && !overwrite) {
            throw new InvalidInputException(
                    "'" + file + "' exists; choose another name for --out, or add --overwrite.");
        }
    }

    /** Tells whether a folder holds nothing, as far as can be seen. */
    static boolean isEmpty(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.findAny().isEmpty();
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Makes the folder that results go into, and makes sure that something can be written there.
     */
    static void makeFolder(Path folder) {
        try {
            Files.createDirectories(folder);
            Files.delete(Files.createTempFile(folder, "gan4j", ".tmp"));
        } catch (IOException e) {
            throw new InvalidInputException(
                    "Nothing can be written to '%s': %s; choose another place with --out."
                            .formatted(folder, Reasons.of(e)),
                    e);
        }
    }

    /** Makes the folder that a file goes into. */
    static void makeParent(Path file) {
        makeFolder(file.toAbsolutePath().normalize().getParent());
    }

    /** Refuses a generator whose samples are no pictures. */
    static void requireImages(TrainedGenerator generator) {
        Shape shape = generator.getSampleShape();
        if (shape.dimension() != 3) {
            throw new InvalidInputException(
                    "The generator makes samples of shape " + shape + ", which are no pictures.");
        }
    }

    /** Says that results could not be written. */
    static UncheckedIOException unwritten(Path file, IOException e) {
        return new UncheckedIOException(
                "'%s' could not be written: %s.".formatted(file, Reasons.of(e)), e);
    }
}
