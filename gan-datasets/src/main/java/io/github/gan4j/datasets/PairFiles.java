package io.github.gan4j.datasets;

import io.github.gan4j.InvalidInputException;
import java.awt.Dimension;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The files of pairs: one for both halves, or one for each. */
final class PairFiles {

    private final Path folder;
    private final List<FolderScan.Entry> first;
    private final List<FolderScan.Entry> second;

    /**
     * @param folder the folder of the first files, for messages
     * @param first files of whole pairs, or of domain A
     * @param second {@code null}, or the partners of the first files
     */
    private PairFiles(Path folder, List<FolderScan.Entry> first, List<FolderScan.Entry> second) {
        this.folder = folder;
        this.first = first;
        this.second = second;
    }

    static PairFiles sideBySide(DomainFolders folders, String name) throws IOException {
        return new PairFiles(folders.path(name), folders.scan(name), null);
    }

    /**
     * Pairs the pictures of two folders by their names.
     *
     * @throws InvalidInputException if one has no partner
     */
    static PairFiles matched(DomainFolders folders, String part) throws IOException {
        List<String> lonely = lonely(folders, part);
        if (!lonely.isEmpty()) {
            throw new InvalidInputException(
                    ("Pictures in '%1$sA' and '%1$sB' without a partner of the same name: %2$d (%3$s)."
                                    + " Add their partners, or remove them.")
                            .formatted(
                                    folders.path(part), lonely.size(), DomainFolders.some(lonely)));
        }
        return new PairFiles(
                folders.path(part + "A"),
                List.copyOf(byKey(folders, part, "A").values()),
                List.copyOf(byKey(folders, part, "B").values()));
    }

    /** The pictures of a part without a partner of the same name in the other domain. */
    static List<String> lonely(DomainFolders folders, String part) throws IOException {
        Map<String, FolderScan.Entry> a = byKey(folders, part, "A");
        Map<String, FolderScan.Entry> b = byKey(folders, part, "B");
        List<String> lonely = new ArrayList<>();
        a.forEach((key, entry) -> addUnless(b.containsKey(key), part + "A", entry, lonely));
        b.forEach((key, entry) -> addUnless(a.containsKey(key), part + "B", entry, lonely));
        return lonely;
    }

    private static void addUnless(
            boolean paired, String folder, FolderScan.Entry entry, List<String> lonely) {
        if (!paired) {
            lonely.add(folder + "/" + entry.name());
        }
    }

    /** The files of a domain by what they have in common with their partners, in that order. */
    private static Map<String, FolderScan.Entry> byKey(
            DomainFolders folders, String part, String domain) throws IOException {
        Map<String, FolderScan.Entry> files = new TreeMap<>();
        for (FolderScan.Entry entry : folders.scan(part + domain)) {
            String key = entry.name().substring(0, entry.name().lastIndexOf('.'));
            if (key.endsWith("_" + domain)) {
                key = key.substring(0, key.length() - 2);
            }
            FolderScan.Entry other = files.put(key, entry);
            if (other != null) {
                throw new InvalidInputException(
                        "'%s' holds two pictures of one name, %s and %s: rename one of them."
                                .formatted(
                                        folders.path(part + domain), other.name(), entry.name()));
            }
        }
        return files;
    }

    /** The common size of the halves. */
    int commonSize() {
        if (second == null) {
            return CommonSize.of(first, whole -> new Dimension(whole.width / 2, whole.height));
        }
        return CommonSize.of(Stream.concat(first.stream(), second.stream()).toList());
    }

    /** Reads the pairs, laid side by side. */
    Pictures load(TranslationForm form) {
        List<PictureSource> sources = new ArrayList<>();
        for (int i = 0; i < first.size(); i++) {
            int background = form.options().getBackground();
            sources.add(
                    second == null
                            ? new PictureFile(first.get(i), background, form::prepareHalves)
                            : new TwoFiles(first.get(i), second.get(i), form));
        }
        boolean keep = form.isRoomFor(sources.size());
        return Pictures.load(folder, sources, form.options().isStrict(), keep);
    }

    /** A pair in two files. */
    private record TwoFiles(FolderScan.Entry a, FolderScan.Entry b, TranslationForm form)
            implements PictureSource {

        @Override
        public String name() {
            return a.name();
        }

        @Override
        public Pixels decode() throws IOException {
            int background = form.options().getBackground();
            Pixels first = ImageDecoder.decode(a.path(), background);
            Pixels second;
            try {
                second = ImageDecoder.decode(b.path(), background);
            } catch (IOException e) {
                throw new IOException(
                        "its partner '%s': %s".formatted(b.path(), e.getMessage()), e);
            }
            return form.preparePair(first, second);
        }
    }
}
