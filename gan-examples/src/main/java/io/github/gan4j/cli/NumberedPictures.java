package io.github.gan4j.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The pictures of a draw, named by their numbers from 0, of classes in turn in sub-folders. */
final class NumberedPictures {

    private static final int MIN_DIGITS = 6;
    private static final Pattern NAME = Pattern.compile("[0-9]{" + MIN_DIGITS + ",10}\\.png");

    private final List<Path> folders;
    private final String format;

    private NumberedPictures(List<Path> folders, int digits) {
        this.folders = folders;
        this.format = "%0" + digits + "d.png";
    }

    /**
     * Makes the folders of a draw.
     *
     * @param folder an existing folder
     * @param classes the names of the classes that have sub-folders; empty for none
     * @param count the number of pictures
     * @throws IOException if a folder cannot be made
     */
    static NumberedPictures in(Path folder, List<String> classes, int count) throws IOException {
        List<Path> folders = new ArrayList<>();
        for (String name : classes) {
            folders.add(Files.createDirectories(ofClass(folder, name)));
        }
        int digits = Math.max(MIN_DIGITS, Integer.toString(count - 1).length());
        return new NumberedPictures(folders.isEmpty() ? List.of(folder) : folders, digits);
    }

    private static Path ofClass(Path folder, String name) {
        // A name of fashion-mnist is T-shirt/top.
        return folder.resolve(name.replaceAll("[/\\\\:]", "-"));
    }

    /** Returns where a picture goes. */
    Path file(int number) {
        return folders.get(number % folders.size())
                .resolve(String.format(Locale.ROOT, format, number));
    }

    /**
     * Removes the pictures of earlier draws, of which there may have been more, and folders of
     * classes that are empty then. A draw begins with 0, so digits are a name of ours only if as
     * many zeros are one; whatever else is there stays.
     *
     * @param folder the folder of the draws
     * @param classes the names of all classes that may have sub-folders
     * @throws IOException if a picture cannot be deleted
     */
    static void remove(Path folder, List<String> classes) throws IOException {
        List<Path> numbered = numbered(folder);
        for (String name : classes) {
            numbered.addAll(numbered(ofClass(folder, name)));
        }
        Set<Integer> lengths =
                numbered.stream()
                        .map(file -> file.getFileName().toString())
                        .filter(name -> name.matches("0+\\.png"))
                        .map(String::length)
                        .collect(Collectors.toSet());
        Set<Path> touched = new HashSet<>();
        for (Path file : numbered) {
            if (lengths.contains(file.getFileName().toString().length())) {
                Files.delete(file);
                touched.add(file.getParent());
            }
        }
        touched.remove(folder);
        for (Path ofClass : touched) {
            if (Outputs.isEmpty(ofClass)) {
                Files.delete(ofClass);
            }
        }
    }

    private static List<Path> numbered(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return new ArrayList<>();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> NAME.matcher(file.getFileName().toString()).matches())
                    .filter(Files::isRegularFile)
                    .collect(Collectors.toCollection(ArrayList::new));
        }
    }
}
