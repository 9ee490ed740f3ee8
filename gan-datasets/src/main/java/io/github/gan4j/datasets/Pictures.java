package io.github.gan4j.datasets;

import io.github.gan4j.InvalidInputException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pictures that were decoded once, so that they are known to be sound, and kept if there is room.
 */
final class Pictures {

    private static final Logger logger = LoggerFactory.getLogger(Pictures.class);
    private static final long MAX_KEPT_BYTES = 512L << 20;
    private static final int MAX_NAMED = 5;

    private final Path folder;
    private final List<Item> items;
    private final List<String> skippedFiles;
    private final UnaryOperator<Pixels> view;

    private Pictures(
            Path folder, List<Item> items, List<String> skippedFiles, UnaryOperator<Pixels> view) {
        this.folder = folder;
        this.items = List.copyOf(items);
        this.skippedFiles = List.copyOf(skippedFiles);
        this.view = view;
    }

    /** A sound picture; its pixels are {@code null} if they were not kept. */
    private record Item(
            String name, int channels, int checksum, Pixels pixels, PictureSource source) {}

    /** What became of a source: an item, or the reason why there is none. */
    private record Outcome(PictureSource source, Item item, IOException problem) {}

    /** Tells whether pictures of three channels may stay in the heap. */
    static boolean isRoomFor(long count, int width, int height) {
        long room = Math.min(MAX_KEPT_BYTES, Runtime.getRuntime().maxMemory() / 4);
        return 3L * width * height * count <= room;
    }

    /** Pictures that are in the heap already. */
    static Pictures of(List<String> names, List<Pixels> pixels) {
        List<Item> items =
                IntStream.range(0, names.size())
                        .mapToObj(i -> item(names.get(i), pixels.get(i), true, null))
                        .toList();
        return new Pictures(null, items, List.of(), UnaryOperator.identity());
    }

    /**
     * Decodes every picture once.
     *
     * @param folder where they are, for messages
     * @param sources at least one
     * @param strict whether a damaged one is an error; otherwise it is named and skipped
     * @param keep whether to keep them rather than to decode them again
     * @throws InvalidInputException if none can be read, or, in strict mode, if one cannot
     */
    static Pictures load(
            Path folder, List<? extends PictureSource> sources, boolean strict, boolean keep) {
        if (sources.size() >= 1000) {
            logger.info("Reading {} images of '{}'.", sources.size(), folder);
        }
        List<Item> items = new ArrayList<>();
        List<Outcome> bad = new ArrayList<>();
        // In parallel, for this is the one time that decoding holds everything up.
        for (Outcome outcome : sources.parallelStream().map(s -> decode(s, keep)).toList()) {
            if (outcome.item() != null) {
                items.add(outcome.item());
            } else {
                bad.add(outcome);
            }
        }
        if (!bad.isEmpty()) {
            refuse(folder, bad, items.isEmpty(), strict);
            report(folder, bad, sources.size());
        }
        List<String> skipped = bad.stream().map(outcome -> outcome.source().name()).toList();
        return new Pictures(folder, items, skipped, UnaryOperator.identity());
    }

    private static Outcome decode(PictureSource source, boolean keep) {
        try {
            return new Outcome(source, item(source.name(), source.decode(), keep, source), null);
        } catch (IOException e) {
            return new Outcome(source, null, e);
        }
    }

    private static Item item(String name, Pixels pixels, boolean keep, PictureSource source) {
        return new Item(name, pixels.channels(), pixels.checksum(), keep ? pixels : null, source);
    }

    private static void refuse(Path folder, List<Outcome> bad, boolean none, boolean strict) {
        String name = bad.get(0).source().name();
        IOException problem = bad.get(0).problem();
        if (none) {
            throw new InvalidInputException(
                    ("None of the %d images in '%s' can be read (%s: %s): replace them with sound"
                                    + " files.")
                            .formatted(bad.size(), folder, name, problem.getMessage()),
                    problem);
        }
        if (strict) {
            throw new InvalidInputException(
                    "Cannot read '%s' in '%s' (%s): remove it, or leave strict off to skip it."
                            .formatted(name, folder, problem.getMessage()),
                    problem);
        }
    }

    private static void report(Path folder, List<Outcome> bad, int total) {
        for (Outcome outcome : bad.subList(0, Math.min(bad.size(), MAX_NAMED))) {
            logger.warn(
                    "Skipped '{}': {}.", outcome.source().name(), outcome.problem().getMessage());
        }
        logger.warn(
                "Skipped {} of {} images in '{}' that cannot be read.", bad.size(), total, folder);
    }

    /** These pictures, each seen through a function: a half of each, say. */
    Pictures map(UnaryOperator<Pixels> function) {
        return new Pictures(
                folder, items, skippedFiles, pixels -> function.apply(view.apply(pixels)));
    }

    int size() {
        return items.size();
    }

    /** 3 if one of them is in colour, else 1. */
    int channels() {
        return items.stream().mapToInt(Item::channels).max().orElse(1);
    }

    String name(int index) {
        return items.get(index).name();
    }

    List<String> names() {
        return items.stream().map(Item::name).toList();
    }

    /** Adds the checksum of each picture by its name. */
    void addContents(String prefix, Map<String, Integer> contents) {
        items.forEach(item -> contents.put(prefix + item.name(), item.checksum()));
    }

    /** The names of those that were passed over. */
    List<String> skippedFiles() {
        return skippedFiles;
    }

    /** A picture, decoded again if it was not kept; on the reading thread. */
    Pixels read(int index) {
        Item item = items.get(index);
        if (item.pixels() != null) {
            return view.apply(item.pixels());
        }
        try {
            return view.apply(item.source().decode());
        } catch (IOException e) {
            throw new InvalidInputException(
                    ("Image '%s' in '%s' could be read when the run began, but no longer (%s):"
                                    + " restore it, then resume.")
                            .formatted(item.name(), folder, e.getMessage()),
                    e);
        }
    }
}
