package io.github.gan4j.datasets;

import io.github.gan4j.InvalidInputException;
import io.github.gan4j.data.DatasetOptions;
import java.awt.Dimension;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decodes the pictures of a folder, and keeps them if there is room. */
final class ImageFolderLoader {

    private static final Logger logger = LoggerFactory.getLogger(ImageFolderLoader.class);
    private static final Set<Integer> USUAL_SIZES = Set.of(28, 32, 64, 128);
    private static final int DEFAULT_SIZE = 64;
    private static final long MAX_KEPT_BYTES = 512L << 20;
    private static final int MAX_NAMED = 5;

    private final Path folder;
    private final DatasetOptions options;
    private final List<FolderScan.Entry> entries;
    private final List<String> skippedFiles = new ArrayList<>();
    private final int size;
    private final boolean keep;

    ImageFolderLoader(Path folder, DatasetOptions options) throws IOException {
        this(folder, options, Math.min(MAX_KEPT_BYTES, Runtime.getRuntime().maxMemory() / 4));
    }

    ImageFolderLoader(Path folder, DatasetOptions options, long maxKeptBytes) throws IOException {
        this.folder = folder;
        this.options = options;
        entries = FolderScan.scan(folder);
        size = options.getSize().orElseGet(this::commonSize);
        keep = 3L * size * size * entries.size() <= maxKeptBytes;
    }

    /**
     * A picture that can be read.
     *
     * @param entry its file
     * @param channels 1 if it is grey, else 3
     * @param pixels the scaled picture; {@code null} if there is no room to keep it
     */
    record Item(FolderScan.Entry entry, int channels, Pixels pixels) {}

    /** What became of a file: an item, or the reason why there is none. */
    private record Outcome(FolderScan.Entry entry, Item item, IOException problem) {}

    int size() {
        return size;
    }

    String folderName() {
        Path name = folder.toAbsolutePath().normalize().getFileName();
        return name == null ? "folder" : name.toString();
    }

    List<String> skippedFiles() {
        return skippedFiles;
    }

    /** Decodes every file once. */
    List<Item> load() {
        if (entries.size() >= 1000) {
            logger.info("Reading {} images of '{}'.", entries.size(), folder);
        }
        List<Item> items = new ArrayList<>();
        List<Outcome> bad = new ArrayList<>();
        // In parallel, for this is the one time that decoding holds everything up.
        for (Outcome outcome : entries.parallelStream().map(this::decode).toList()) {
            if (outcome.item() != null) {
                items.add(outcome.item());
            } else {
                skippedFiles.add(outcome.entry().name());
                bad.add(outcome);
            }
        }
        if (!bad.isEmpty()) {
            refuse(bad.get(0), items.isEmpty());
            report(bad);
        }
        return items;
    }

    private void refuse(Outcome bad, boolean none) {
        String name = bad.entry().name();
        String problem = bad.problem().getMessage();
        if (none) {
            throw new InvalidInputException(
                    ("None of the %d images in '%s' can be read (%s: %s): replace them with sound"
                                    + " files.")
                            .formatted(skippedFiles.size(), folder, name, problem),
                    bad.problem());
        }
        if (options.isStrict()) {
            throw new InvalidInputException(
                    "Cannot read '%s' in '%s' (%s): remove it, or leave strict off to skip it."
                            .formatted(name, folder, problem),
                    bad.problem());
        }
    }

    private void report(List<Outcome> bad) {
        for (Outcome outcome : bad.subList(0, Math.min(bad.size(), MAX_NAMED))) {
            logger.warn(
                    "Skipped '{}': {}.", outcome.entry().name(), outcome.problem().getMessage());
        }
        logger.warn(
                "Skipped {} of {} images in '{}' that cannot be read.",
                bad.size(),
                entries.size(),
                folder);
    }

    /** The scaled picture, decoded again if it was not kept; on the reading thread. */
    Pixels pixels(Item item) {
        if (item.pixels() != null) {
            return item.pixels();
        }
        try {
            return scaled(item.entry());
        } catch (IOException e) {
            throw new InvalidInputException(
                    ("Image '%s' in '%s' could be read when the run began, but no longer (%s):"
                                    + " restore it, then resume.")
                            .formatted(item.entry().name(), folder, e.getMessage()),
                    e);
        }
    }

    /**
     * The names of the sub-folders if all pictures lie in them. One sub-folder alone tells nothing
     * apart: then, as with pictures beside sub-folders, there are no classes.
     */
    static List<String> classes(List<Item> items) {
        List<String> folders =
                items.stream().map(item -> item.entry().folder()).distinct().sorted().toList();
        return folders.size() < 2 || folders.contains("") ? List.of() : folders;
    }

    private Outcome decode(FolderScan.Entry entry) {
        try {
            Pixels pixels = scaled(entry);
            return new Outcome(
                    entry, new Item(entry, pixels.channels(), keep ? pixels : null), null);
        } catch (IOException e) {
            return new Outcome(entry, null, e);
        }
    }

    private Pixels scaled(FolderScan.Entry entry) throws IOException {
        Pixels pixels = ImageDecoder.decode(entry.path(), options.getBackground());
        return ImageScaler.fit(pixels, size, options.getFit(), options.getBackground());
    }

    private int commonSize() {
        int common = 0;
        for (FolderScan.Entry entry : entries) {
            Dimension each;
            try {
                each = ImageDecoder.size(entry.path());
            } catch (IOException e) {
                logger.debug("Left to be reported when decoded: {}", entry.name(), e);
                continue;
            }
            if (each.width != each.height || common != 0 && each.width != common) {
                return DEFAULT_SIZE;
            }
            common = each.width;
        }
        return USUAL_SIZES.contains(common) ? common : DEFAULT_SIZE;
    }
}
