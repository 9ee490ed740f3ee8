package io.github.gan4j.datasets;

import io.github.gan4j.data.DatasetOptions;
import io.github.gan4j.data.TranslationDataset;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Pictures of two domains that belong together, in one of two layouts: that in which the data sets
 * of pix2pix (Isola et al. 2017) are published, folders {@code train} and {@code test} or {@code
 * val} whose pictures hold A in the left half and B in the right one; or folders {@code trainA},
 * {@code trainB} and {@code testA}, {@code testB} (or {@code valA}, {@code valB}) with pictures of
 * equal names.
 *
 * <p>Names are equal that differ only in the extension, or in {@code _A} against {@code _B} before
 * it. Both halves of a pair are cropped at the same place and mirrored together.
 */
public final class PairedImages extends TranslationImages {

    private final Pictures pairs;

    /**
     * Constructs a data set.
     *
     * @param pairs pairs side by side
     */
    PairedImages(String name, Pictures pairs, TranslationForm form, TranslationDataset test) {
        super(name, form, test);
        this.pairs = pairs;
    }

    /**
     * Opens a folder.
     *
     * @param folder the folder that holds {@code train}, or {@code trainA} and {@code trainB}
     * @param options size: by default the pictures' own if all (or their halves) are squares of the
     *     same 28, 32, 64 or 128 pixels, else 64; channels: by default 1 if all pictures are grey,
     *     else 3; strict, fit, background, augmentation and the test flag are heeded
     * @return the pairs that can be read, at least one
     * @throws IOException if the folder cannot be read
     * @throws io.github.gan4j.InvalidInputException if there is no such folder, if a folder in it
     *     is missing or empty, if pictures have no partner, if no pair can be read, or, in strict
     *     mode, if one cannot
     */
    public static PairedImages open(Path folder, DatasetOptions options) throws IOException {
        return new PairedFolder(folder, options).open();
    }

    @Override
    public boolean isPaired() {
        return true;
    }

    /** The same pictures, with partners drawn at random. The held-out part stays paired. */
    UnpairedImages unpaired() {
        return new UnpairedImages(
                getName(),
                pairs.map(TranslationForm::left),
                pairs.map(TranslationForm::right),
                form(),
                getTest().orElse(null));
    }

    @Override
    SampleReader reader(EpochDraws draws) {
        return (index, target) -> {
            Pixels both = pairs.read(index);
            EpochDraws.Placement placement =
                    draws.place(
                            index,
                            0,
                            both.width() / 2,
                            both.height(),
                            form().size(),
                            form().mirrored());
            write(TranslationForm.left(both), placement, target, 0);
            write(TranslationForm.right(both), placement, target, target.length / 2);
        };
    }

    @Override
    public Map<String, Integer> getContents() {
        Map<String, Integer> contents = new LinkedHashMap<>();
        pairs.addContents("", contents);
        return contents;
    }

    @Override
    public List<String> getNamesA() {
        return pairs.names();
    }

    @Override
    public List<String> getNamesB() {
        return pairs.names();
    }

    @Override
    public List<String> getSkippedFiles() {
        return pairs.skippedFiles();
    }

    @Override
    protected long availableSize() {
        return pairs.size();
    }
}
