package io.github.gan4j.datasets;

import io.github.gan4j.Domains;
import io.github.gan4j.InvalidInputException;
import io.github.gan4j.data.DatasetOptions;
import io.github.gan4j.data.Datasets;
import io.github.gan4j.data.SampleDataset;
import io.github.gan4j.data.TranslationDataset;
import java.io.IOException;

/** Finds data sets of two domains by name, or as folders. */
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
