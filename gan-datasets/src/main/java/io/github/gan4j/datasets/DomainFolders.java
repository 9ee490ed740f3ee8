package io.github.gan4j.datasets;

import io.github.gan4j.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The folders in a folder of two domains: {@code trainA}, {@code trainB} and the like. */
final class DomainFolders {

    private static final int MAX_NAMED = 5;

    private final Path folder;
    private final List<String> found;

    /**
     * @throws InvalidInputException if there is no such folder, or it cannot be listed
     */
    DomainFolders(Path folder) {
        FolderScan.requireFolder(folder);
        this.folder = folder;
        try (Stream<Path> entries = Files.list(folder)) {
            found =
                    entries.filter(Files::isDirectory)
                            .map(path -> path.getFileName().toString())
                            .filter(name -> !name.startsWith("."))
                            .sorted()
                            .toList();
        } catch (IOException e) {
            throw new InvalidInputException(
                    "Cannot list folder '%s' (%s): make it readable."
                            .formatted(folder, e.getMessage()),
                    e);
        }
    }

    boolean has(String name) {
        return found.contains(name);
    }

    /**
     * Tells whether a part has both its halves.
     *
     * @throws InvalidInputException if it has one only
     */
    boolean hasBoth(String part) {
        if (has(part + "A") == has(part + "B")) {
            return has(part + "A");
        }
        String missing = part + (has(part + "A") ? "B" : "A");
        throw new InvalidInputException(
                "'%s' lacks the folder %s (%s): each domain needs a folder of its own, %sA and %sB."
                        .formatted(folder, missing, listing(), part, part));
    }

    /** The pictures of one of the folders, at least one. */
    List<FolderScan.Entry> scan(String name) throws IOException {
        return FolderScan.scan(path(name));
    }

    Path path(String name) {
        return folder.resolve(name);
    }

    String name() {
        return FolderScan.nameOf(folder);
    }

    /**
     * Says that folders are missing.
     *
     * @param what the missing ones
     * @param advice what to do
     */
    InvalidInputException lacks(String what, String advice) {
        return new InvalidInputException(
                "'%s' lacks %s (%s): %s.".formatted(folder, what, listing(), advice));
    }

    private String listing() {
        return found.isEmpty() ? "it holds no folders" : "found: " + some(found);
    }

    /** The first few of a list, and how many more there are. */
    static String some(List<String> names) {
        String first = String.join(", ", names.subList(0, Math.min(names.size(), MAX_NAMED)));
        return names.size() <= MAX_NAMED
                ? first
                : first + " and %d more".formatted(names.size() - MAX_NAMED);
    }
}
