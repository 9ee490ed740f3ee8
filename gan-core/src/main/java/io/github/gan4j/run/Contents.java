package io.github.gan4j.run;

import io.github.gan4j.InvalidInputException;
import io.github.gan4j.data.SampleDataset;
import io.github.gan4j.metric.ContentHash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a run's data set was made from: a list in the run folder, and its hash in each checkpoint.
 * Sets that never change have none.
 */
final class Contents {

    /** Where the metadata of a checkpoint hold the hash. */
    static final String HASH = "dataset";

    private static final int MAX_NAMED = 3;

    private final Map<String, Integer> checksums;

    Contents(SampleDataset dataset) {
        this(dataset.getContents());
    }

    private Contents(Map<String, Integer> checksums) {
        this.checksums = checksums;
    }

    /** The hash; empty if there is nothing that could change. */
    String hash() {
        if (checksums.isEmpty()) {
            return "";
        }
        ContentHash hash = new ContentHash();
        checksums.forEach((name, checksum) -> hash.add(name).add(checksum));
        return hash.toHex();
    }

    /** Writes the list, a line each: checksum and name. */
    void write(Path folder) throws IOException {
        if (checksums.isEmpty()) {
            return;
        }
        StringBuilder text = new StringBuilder();
        checksums.forEach((name, sum) -> text.append("%08x %s%n".formatted(sum, name)));
        try (AtomicFile file = new AtomicFile(folder.resolve(RunFolder.CONTENTS))) {
            Files.writeString(file.getPartial(), text);
            file.commit();
        }
    }

    private static Contents read(Path folder) throws IOException {
        Map<String, Integer> read = new LinkedHashMap<>();
        for (String line : Files.readAllLines(folder.resolve(RunFolder.CONTENTS))) {
            int space = line.indexOf(' ');
            read.put(line.substring(space + 1), Integer.parseUnsignedInt(line, 0, space, 16));
        }
        return new Contents(read);
    }

    /** Refuses to go on from a checkpoint that has seen other data. */
    void requireSame(String name, Path folder, Checkpoint checkpoint) {
        String before = checkpoint.getExtra().getOrDefault(HASH, "");
        if (!before.equals(hash())) {
            throw new InvalidInputException(
                    "The data set '%s' has changed since '%s' was written%s. Undo that, or train anew."
                            .formatted(name, checkpoint.getFile(), differences(folder, before)));
        }
    }

    private String differences(Path folder, String before) {
        Contents old;
        try {
            old = read(folder);
        } catch (IOException | RuntimeException e) {
            return ""; // the list is for the message only
        }
        if (!old.hash().equals(before)) {
            return "";
        }
        List<String> parts = new ArrayList<>();
        add(parts, "gone", old.checksums.keySet().stream().filter(n -> !has(n)).toList());
        add(parts, "new", checksums.keySet().stream().filter(n -> !old.has(n)).toList());
        add(
                parts,
                "altered",
                checksums.keySet().stream()
                        .filter(n -> old.has(n) && !checksums.get(n).equals(old.checksums.get(n)))
                        .toList());
        return parts.isEmpty() ? " (the order)" : ": " + String.join("; ", parts);
    }

    private boolean has(String name) {
        return checksums.containsKey(name);
    }

    private static void add(List<String> parts, String what, List<String> names) {
        if (!names.isEmpty()) {
            int named = Math.min(names.size(), MAX_NAMED);
            String more =
                    names.size() > named ? " and %d more".formatted(names.size() - named) : "";
            parts.add(
                    "%s %s %s"
                            .formatted(
                                    String.join(", ", names.subList(0, named)) + more,
                                    names.size() == 1 ? "is" : "are",
                                    what));
        }
    }
}
