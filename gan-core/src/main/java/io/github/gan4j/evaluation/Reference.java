package io.github.gan4j.evaluation;

import ai.djl.ndarray.types.Shape;
import io.github.gan4j.InvalidInputException;
import io.github.gan4j.data.DatasetOptions;
import io.github.gan4j.data.Datasets;
import io.github.gan4j.data.GaussianMixture;
import io.github.gan4j.data.KnownMixture;
import io.github.gan4j.data.SampleDataset;
import io.github.gan4j.metric.Extractors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * What samples are measured against: real pictures, or a known mixture.
 *
 * <p>A data set that an {@link io.github.gan4j.metric.ExtractorProvider} was made for is
 * represented by its test samples: so {@code digits} and {@code mnist}, which have them in common,
 * are measured in one way, and a model gains nothing by repeating what it was trained on. Of others
 * the training samples are taken.
 *
 * @param name the name of the data set, or the path of a file or folder
 * @param description what it is, for people
 * @param real the real samples, drawn at random; {@code null} if the mixture is known
 * @param mixture the mixture; {@code null} of pictures
 */
public record Reference(String name, String description, SampleSet real, GaussianMixture mixture) {

    /**
     * Opens a reference by name.
     *
     * @param source a data set, a folder of pictures, or a NumPy file
     * @param options how to open pictures, but for the part of the data
     * @param samples how many samples are drawn at most
     * @return the reference
     * @throws InvalidInputException if there is no such thing, or it is empty
     */
    public static Reference open(String source, DatasetOptions options, int samples) {
        if (isFile(source)) {
            SampleSet all = SampleSet.read(Path.of(source));
            SampleSet drawn = all.draw(samples, 0);
            return new Reference(
                    source, "%,d samples of %s".formatted(drawn.size(), source), drawn, null);
        }
        boolean test = Extractors.forDataset(source).isPresent();
        SampleDataset dataset = openDataset(source, options.withTest(test));
        if (dataset instanceof KnownMixture known) {
            return new Reference(source, "the mixture " + source, null, known.getMixture());
        }
        SampleSet real = SampleSet.of(dataset, samples, 0);
        String part = test ? "test samples" : "samples";
        return new Reference(
                source, "%,d %s of %s".formatted(real.size(), part, source), real, null);
    }

    private static boolean isFile(String source) {
        try {
            return !Datasets.isNamed(source) && Subject.isNpy(Path.of(source));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    /**
     * Opens a data set.
     *
     * @param source a data set, or a folder of pictures
     * @param options how to open it
     * @return the data set
     * @throws InvalidInputException if there is no such thing
     */
    public static SampleDataset openDataset(String source, DatasetOptions options) {
        try {
            if (!Datasets.isNamed(source) && Subject.isRun(Path.of(source))) {
                throw new InvalidInputException(
                        ("'%s' is a run; to measure against its samples write them to a file with"
                                        + " 'gan4j generate' first.")
                                .formatted(source));
            }
            return Datasets.open(source, options);
        } catch (InvalidPathException | IOException e) {
            throw new InvalidInputException(
                    "The data set '%s' cannot be read: %s.".formatted(source, e.getMessage()), e);
        }
    }

    /**
     * Says how a data set must be opened so that its samples are like given ones.
     *
     * @param source the name of a data set, or the path of a file or folder
     * @param sample the shape of the samples to measure
     * @return options; those of a folder are left as they are, since to resize its pictures would
     *     change what is measured
     */
    public static DatasetOptions like(String source, Shape sample) {
        DatasetOptions options = DatasetOptions.defaults();
        boolean folder = !Datasets.isNamed(source) && Files.isDirectory(Path.of(source));
        if (sample.dimension() != 3 || folder) {
            return options;
        }
        int side = (int) Math.max(sample.get(1), sample.get(2));
        return options.withSize(side).withChannels((int) sample.get(0));
    }
}
