package io.github.gan4j.datasets;

import io.github.gan4j.data.DatasetOptions;
import io.github.gan4j.data.TranslationDataset;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import java.util.stream.Stream;

/**
 * Pictures of two domains that have nothing to do with each other, in the layout in which the data
 * sets of CycleGAN (Zhu et al. 2017) are published: folders {@code trainA}, {@code trainB} and, for
 * the held-out part, {@code testA}, {@code testB}.
 *
 * <p>An epoch has as many samples as the larger domain has pictures, each of which is seen once;
 * its partners are the pictures of the smaller domain in an order drawn for the epoch, each equally
 * often, give or take once.
 *
 * <p>The held-out part is paired if all names in {@code testA} and {@code testB} are equal, so that
 * the truth is known; unless names in {@code trainA} and {@code trainB} are equal too, for then
 * they are taken for mere numbers.
 */
public final class UnpairedImages extends TranslationImages {

    private final Pictures a;
    private final Pictures b;

    UnpairedImages(
            String name, Pictures a, Pictures b, TranslationForm form, TranslationDataset test) {
        super(name, form, test);
        this.a = a;
        this.b = b;
    }

    /**
     * Opens a folder.
     *
     * @param folder the folder that holds {@code trainA} and {@code trainB}
     * @param options size: by default the pictures' own if all are squares of the same 28, 32, 64
     *     or 128 pixels, else 64; channels: by default 1 if all pictures are grey, else 3; strict,
     *     fit, background, augmentation and the test flag are heeded
     * @return the pictures that can be read, at least one of each domain; with the test flag those
     *     held out, which may be {@link PairedImages}
     * @throws IOException if the folder cannot be read
     * @throws io.github.gan4j.InvalidInputException if there is no such folder, if one of the two
     *     is missing or empty, if no picture of a domain can be read, or, in strict mode, if one
     *     cannot
     */
    public static TranslationImages open(Path folder, DatasetOptions options) throws IOException {
        return new UnpairedFolder(folder, options).open();
    }

    @Override
    public boolean isPaired() {
        return false;
    }

    @Override
    SampleReader reader(EpochDraws draws) {
        boolean walkA = a.size() >= b.size();
        IntUnaryOperator partners = draws.partners(Math.min(a.size(), b.size()));
        return (index, target) -> {
            int partner = partners.applyAsInt(index);
            write(a.read(walkA ? index : partner), draws, index, 0, target);
            write(b.read(walkA ? partner : index), draws, index, 1, target);
        };
    }

    private void write(Pixels picture, EpochDraws draws, int index, int domain, float[] target) {
        EpochDraws.Placement placement =
                draws.place(
                        index,
                        domain,
                        picture.width(),
                        picture.height(),
                        form().size(),
                        form().mirrored());
        write(picture, placement, target, domain * target.length / 2);
    }

    @Override
    public Map<String, Integer> getContents() {
        Map<String, Integer> contents = new LinkedHashMap<>();
        a.addContents("A/", contents);
        b.addContents("B/", contents);
        return contents;
    }

    @Override
    public List<String> getNamesA() {
        return a.names();
    }

    @Override
    public List<String> getNamesB() {
        return b.names();
    }

    @Override
    public List<String> getSkippedFiles() {
        return Stream.concat(a.skippedFiles().stream(), b.skippedFiles().stream()).toList();
    }

    @Override
    protected long availableSize() {
        return Math.max(a.size(), b.size());
    }
}
