package io.github.gan4j.datasets;

import io.github.gan4j.data.DatasetOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Reads pairs side by side, as pix2pix's data sets hold them, or in two folders. */
final class PairedFolder {

    private static final List<String> TRAIN = List.of("train");
    private static final List<String> TEST = List.of("test", "val");

    private final DomainFolders folders;
    private final DatasetOptions options;

    PairedFolder(Path folder, DatasetOptions options) {
        folders = new DomainFolders(folder);
        this.options = options;
    }

    /** Tells whether a folder has a part of pairs side by side, and no folder for each domain. */
    static boolean isSideBySide(Path folder) {
        DomainFolders folders = new DomainFolders(folder);
        return folders.has(TRAIN.get(0))
                && !folders.has(TRAIN.get(0) + "A")
                && !folders.has(TRAIN.get(0) + "B");
    }

    PairedImages open() throws IOException {
        PairFiles held = files(TEST);
        if (options.isTest()) {
            if (held == null) {
                throw folders.lacks(
                        "a folder test or val of pairs side by side, and testA and testB",
                        "the held-out pairs belong there");
            }
            return read(held, form(held).forTest(), null);
        }
        PairFiles files = files(TRAIN);
        if (files == null) {
            throw folders.lacks(
                    "a folder train of pairs side by side, and trainA and trainB",
                    "paired translation needs one or the other");
        }
        return read(files, form(files), held);
    }

    /**
     * The form of some pairs, but for the number of channels, which is known once they are read.
     */
    private TranslationForm form(PairFiles files) {
        int size = options.getSize().orElseGet(files::commonSize);
        return new TranslationForm(size, 0, false, options);
    }

    private PairedImages read(PairFiles files, TranslationForm form, PairFiles held) {
        Pictures pairs = files.load(form);
        TranslationForm whole = form.withChannelsOf(pairs);
        PairedImages test = held == null ? null : read(held, whole.forTest(), null);
        return new PairedImages(folders.name(), pairs, whole, test);
    }

    private PairFiles files(List<String> parts) throws IOException {
        for (String part : parts) {
            if (folders.has(part)) {
                return PairFiles.sideBySide(folders, part);
            }
            if (folders.hasBoth(part)) {
                return PairFiles.matched(folders, part);
            }
        }
        return null;
    }
}
