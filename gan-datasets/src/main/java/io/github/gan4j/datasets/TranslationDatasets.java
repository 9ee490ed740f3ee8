package io.github.gan4j.datasets;

import io.github.gan4j.Domains;
import io.github.gan4j.InvalidInputException;
import io.github.gan4j.data.DatasetOptions;
import io.github.gan4j.data.Datasets;
import io.github.gan4j.data.SampleDataset;
import io.github.gan4j.data.TranslationDataset;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Finds data sets of two domains by name, in folders or in archives. */
public final class TranslationDatasets {

    private TranslationDatasets() {}

    /**
     * Opens a data set for paired or for unpaired translation.
     *
     * <p>A paired set serves as an unpaired one too: partners are then drawn at random.
     *
     * @param nameOrFolder the name of a data set, or the path of a folder as {@link UnpairedImages}
     *     or {@link PairedImages} want it
     * @param paired whether the training samples must be pairs
     * @param options the wishes of the user
     * @return the data set, ready to be read; {@link TranslationDataset#isPaired()} is as wished
     *     for, but a held-out part is paired wherever the truth is known
     * @throws IOException if reading fails for a reason that the user cannot mend
     * @throws InvalidInputException if there is no such data set, or it cannot be opened as wished;
     *     one line that says what to do
     */
    public static TranslationDataset open(
            String nameOrFolder, boolean paired, DatasetOptions options) throws IOException {
        Domains domains = paired ? Domains.PAIRED : Domains.UNPAIRED;
        SampleDataset dataset = Datasets.open(nameOrFolder, options.withDomains(domains));
        if (dataset instanceof TranslationDataset translation) {
            return translation;
        }
        throw new InvalidInputException(
                ("Data set '%s' has one domain, but translation needs two: use %s, or a folder"
                                + " with trainA and trainB.")
                        .formatted(nameOrFolder, String.join(", ", EmbeddedTranslation.names())));
    }

    /**
     * Serves the pictures of an archive. Its parts are {@code trainA} and {@code trainB}, and, if
     * pairs are held out, {@code testA} and {@code testB}.
     *
     * @param name what the data set is called
     * @param archive the pictures
     * @param paired whether the training pictures are pairs, in order
     * @param options size (by default the pictures' own), channels (by default 3), fit, background,
     *     augmentation and the test flag are heeded
     * @return the pictures; with the test flag those held out
     * @throws IOException if the archive lacks a part, or pictures are smaller than wished for
     */
    public static TranslationImages of(
            String name, PictureArchive archive, boolean paired, DatasetOptions options)
            throws IOException {
        PictureArchive.Part first = archive.getPart("trainA");
        int size = options.getSize().orElse(first.pictures().getShape()[2]);
        TranslationForm form =
                new TranslationForm(size, options.getChannels().orElse(3), false, options);
        PairedImages test = null;
        if (options.isTest() || archive.hasPart("testA")) {
            TranslationForm plain = form.forTest();
            test = new PairedImages(name, pairs(archive, "test", plain), plain, null);
        }
        if (options.isTest()) {
            return test;
        }
        if (paired) {
            return new PairedImages(name, pairs(archive, "train", form), form, test);
        }
        Pictures a = domain(first, form);
        Pictures b = domain(archive.getPart("trainB"), form);
        return new UnpairedImages(name, a, b, form, test);
    }

    private static Pictures domain(PictureArchive.Part part, TranslationForm form)
            throws IOException {
        List<Pixels> prepared = new ArrayList<>();
        for (Pixels pixels : pixels(part)) {
            prepared.add(form.prepare(pixels));
        }
        return Pictures.of(part.names(), prepared);
    }

    private static Pictures pairs(PictureArchive archive, String part, TranslationForm form)
            throws IOException {
        PictureArchive.Part a = archive.getPart(part + "A");
        List<Pixels> first = pixels(a);
        List<Pixels> second = pixels(archive.getPart(part + "B"));
        List<Pixels> prepared = new ArrayList<>();
        for (int i = 0; i < first.size(); i++) {
            prepared.add(form.preparePair(first.get(i), second.get(i)));
        }
        return Pictures.of(a.names(), prepared);
    }

    private static List<Pixels> pixels(PictureArchive.Part part) {
        int[] shape = part.pictures().getShape();
        int volume = shape[1] * shape[2] * shape[3];
        List<Pixels> pixels = new ArrayList<>();
        for (int i = 0; i < shape[0]; i++) {
            byte[] data =
                    Arrays.copyOfRange(part.pictures().getData(), i * volume, (i + 1) * volume);
            pixels.add(new Pixels(shape[1], shape[3], shape[2], data));
        }
        return pixels;
    }

    /** The set as wished for; a held-out part stays as it is, for there pairs are the truth. */
    static TranslationDataset as(TranslationDataset dataset, DatasetOptions options) {
        Domains wish = options.getDomains().orElse(Domains.ONE);
        if (options.isTest() || wish == dataset.getSampleSpec().domains()) {
            return dataset;
        }
        if (wish == Domains.UNPAIRED && dataset instanceof PairedImages pairs) {
            return pairs.unpaired();
        }
        if (wish == Domains.PAIRED) {
            throw new InvalidInputException(
                    ("Data set '%s' holds no pairs to train on: use %s, or a folder of pairs, or"
                                    + " train without pairs.")
                            .formatted(dataset.getName(), EmbeddedTranslation.SKETCH));
        }
        return dataset;
    }
}
