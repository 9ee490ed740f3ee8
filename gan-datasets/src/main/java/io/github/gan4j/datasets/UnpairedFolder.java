package io.github.gan4j.datasets;

import io.github.gan4j.data.DatasetOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Reads the layout in which CycleGAN's data sets are published. */
final class UnpairedFolder {

    private static final String TRAIN = "train";
    private static final String TEST = "test";

    private final DomainFolders folders;
    private final DatasetOptions options;

    UnpairedFolder(Path folder, DatasetOptions options) {
        folders = new DomainFolders(folder);
        this.options = options;
    }

    /** Tells whether a folder has this layout. */
    static boolean isOne(Path folder) {
        DomainFolders folders = new DomainFolders(folder);
        return folders.has(TRAIN + "A") && folders.has(TRAIN + "B");
    }

    TranslationImages open() throws IOException {
        boolean train = folders.hasBoth(TRAIN);
        boolean test = folders.hasBoth(TEST);
        if (options.isTest()) {
            if (!test) {
                throw folders.lacks(
                        "the folders testA and testB", "the held-out pictures belong there");
            }
            return test(form(TEST).forTest());
        }
        if (!train) {
            throw folders.lacks(
                    "the folders trainA and trainB",
                    folders.has(TRAIN)
                            ? "if the pictures in train hold pairs side by side, use it for paired"
                                    + " translation"
                            : "unpaired translation needs both, one for each domain");
        }
        TranslationForm form = form(TRAIN);
        Pictures a = load(TRAIN + "A", form);
        Pictures b = load(TRAIN + "B", form);
        TranslationForm whole = form.withChannelsOf(a, b);
        TranslationImages held = test ? test(whole.forTest()) : null;
        return new UnpairedImages(folders.name(), a, b, whole, held);
    }

    /** The form of a part, but for the number of channels, which is known once it is read. */
    private TranslationForm form(String part) throws IOException {
        List<FolderScan.Entry> a = folders.scan(part + "A");
        List<FolderScan.Entry> b = folders.scan(part + "B");
        int size =
                options.getSize()
                        .orElseGet(
                                () ->
                                        CommonSize.of(
                                                Stream.concat(a.stream(), b.stream()).toList()));
        return new TranslationForm(size, 0, false, options);
    }

    private Pictures load(String name, TranslationForm form) throws IOException {
        List<PictureFile> files =
                folders.scan(name).stream()
                        .map(e -> new PictureFile(e, options.getBackground(), form::prepare))
                        .toList();
        return Pictures.load(
                folders.path(name), files, options.isStrict(), form.isRoomFor(files.size()));
    }

    private TranslationImages test(TranslationForm form) throws IOException {
        if (hasTruth()) {
            Pictures pairs = PairFiles.matched(folders, TEST).load(form);
            return new PairedImages(folders.name(), pairs, form.withChannelsOf(pairs), null);
        }
        Pictures a = load(TEST + "A", form);
        Pictures b = load(TEST + "B", form);
        return new UnpairedImages(folders.name(), a, b, form.withChannelsOf(a, b), null);
    }

    /** Whether the names of the held-out pictures say which belong together. */
    private boolean hasTruth() throws IOException {
        if (!PairFiles.lonely(folders, TEST).isEmpty()) {
            return false;
        }
        if (!folders.hasBoth(TRAIN)) {
            return true;
        }
        int count = folders.scan(TRAIN + "A").size() + folders.scan(TRAIN + "B").size();
        return PairFiles.lonely(folders, TRAIN).size() == count;
    }
}
