package io.github.gan4j.datasets;

import io.github.gan4j.InvalidInputException;
import io.github.gan4j.Reasons;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Lists the pictures of a folder and of the folders in it, ordered by name. */
final class FolderScan {

    private static final Set<String> IMAGES = Set.of("png", "jpg", "jpeg", "bmp", "gif");
    private static final Set<String> OTHER_IMAGES =
            Set.of("webp", "tif", "tiff", "heic", "avif", "svg", "jp2", "tga", "ppm");

    private FolderScan() {}

    /**
     * A picture's file.
     *
     * @param path where it is
     * @param name its path within the folder, with slashes
     */
    record Entry(Path path, String name) {}

    /** The name of a folder, for that of a data set. */
    static String nameOf(Path folder) {
        Path name = folder.toAbsolutePath().normalize().getFileName();
        return name == null ? "folder" : name.toString();
    }

    static List<Entry> scan(Path root) throws IOException {
        requireFolder(root);
        List<Entry> images = new ArrayList<>();
        Map<String, Integer> others = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(root, FileVisitOption.FOLLOW_LINKS)) {
            for (Path path : (Iterable<Path>) paths::iterator) {
                Path relative = root.relativize(path);
                if (isHidden(relative) || !Files.isRegularFile(path)) {
                    continue;
                }
                String extension = extension(path);
                if (IMAGES.contains(extension)) {
                    images.add(entry(path, relative));
                } else if (OTHER_IMAGES.contains(extension)) {
                    others.merge(extension, 1, Integer::sum);
                }
            }
        } catch (UncheckedIOException e) {
            throw new InvalidInputException(
                    "Cannot list folder '%s' (%s): make it readable, without links in a circle."
                            .formatted(root, Reasons.of(e.getCause())),
                    e);
        }
        if (images.isEmpty()) {
            throw new InvalidInputException(noImages(root, others));
        }
        images.sort(Comparator.comparing(Entry::name));
        return images;
    }

    /** Refuses what is no folder. */
    static void requireFolder(Path root) {
        if (!Files.exists(root)) {
            throw new InvalidInputException(
                    "There is no folder '%s': give the path of an existing folder of images."
                            .formatted(root));
        }
        if (!Files.isDirectory(root)) {
            throw new InvalidInputException(
                    "'%s' is a file: give the folder that holds the images.".formatted(root));
        }
    }

    private static String noImages(Path root, Map<String, Integer> others) {
        if (others.isEmpty()) {
            return "There are no images in '%s': put PNG, JPEG, BMP or GIF files there."
                    .formatted(root);
        }
        Map.Entry<String, Integer> first = others.entrySet().iterator().next();
        return "There are no PNG, JPEG, BMP or GIF images in '%s', but %d .%s: convert them to PNG."
                .formatted(root, first.getValue(), first.getKey());
    }

    private static Entry entry(Path path, Path relative) {
        List<String> parts = new ArrayList<>();
        relative.forEach(part -> parts.add(part.toString()));
        return new Entry(path, String.join("/", parts));
    }

    private static boolean isHidden(Path relative) {
        for (Path part : relative) {
            if (part.toString().startsWith(".")) {
                return true;
            }
        }
        return false;
    }

    private static String extension(Path path) {
        String name = path.getFileName().toString();
        return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }
}
