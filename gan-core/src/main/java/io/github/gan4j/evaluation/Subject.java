package io.github.gan4j.evaluation;

import ai.djl.Device;
import ai.djl.ndarray.types.Shape;
import io.github.gan4j.InvalidInputException;
import io.github.gan4j.data.DatasetOptions;
import io.github.gan4j.data.Datasets;
import io.github.gan4j.data.SampleDataset;
import io.github.gan4j.run.Run;
import io.github.gan4j.run.RunConfig;
import io.github.gan4j.run.TrainedGenerator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** What is measured: a run, a NumPy file of samples, or a folder of pictures. */
public sealed interface Subject extends AutoCloseable {

    /**
     * Tells samples from one another by seed: those of a run are drawn anew.
     *
     * @param count how many
     * @param seed what they are drawn from
     * @return the samples; all there are, where there are no more
     */
    SampleSet samples(int count, long seed);

    /**
     * Returns the shape of a sample.
     *
     * @return {@code (C, H, W)} or {@code (2)}
     */
    Shape getSampleShape();

    /**
     * Returns what the samples' model was trained on.
     *
     * @return all of it; empty if that is not known
     */
    default Optional<SampleSet> training() {
        return Optional.empty();
    }

    /**
     * Returns where results are written beside it.
     *
     * @return a JSON file
     */
    Path resultFile();

    @Override
    default void close() {}

    /**
     * Opens what the user named.
     *
     * @param source a run folder, a .npy file, or a folder of pictures
     * @param best whether to take the best checkpoint of a run
     * @param size the side that pictures of a folder are brought to; {@code null} for their own
     * @param channels 1 or 3; {@code null} for their own
     * @param device where the generator of a run computes
     * @return a run, a file or a folder
     * @throws InvalidInputException if there is no such thing
     */
    static Subject open(Path source, boolean best, Integer size, Integer channels, Device device) {
        if (best && Files.exists(source) && !isRun(source)) {
            throw new InvalidInputException(
                    "'%s' is no run, which alone has a best checkpoint; leave out --best."
                            .formatted(source));
        }
        if (isNpy(source)) {
            return new ArrayFile(source, SampleSet.read(source));
        }
        if (Files.isRegularFile(source)) {
            throw new InvalidInputException(
                    "'%s' is a file; give a run, a .npy file, or a folder of pictures."
                            .formatted(source));
        }
        if (!Files.isDirectory(source)) {
            throw new InvalidInputException(
                    "There is no '%s'; give a run, a .npy file, or a folder of pictures."
                            .formatted(source));
        }
        if (isRun(source)) {
            TrainedGenerator generator = TrainedGenerator.open(source, best, device);
            return new TrainedRun(source, Run.readConfig(source), generator);
        }
        return new Folder(source, openFolder(source, size, channels));
    }

    /**
     * Tells whether a folder is that of a run.
     *
     * @param folder the folder
     * @return whether it holds a configuration
     */
    static boolean isRun(Path folder) {
        return Files.isRegularFile(folder.resolve("config.yaml"));
    }

    /**
     * Tells whether a path names a NumPy file.
     *
     * @param path the path
     * @return whether it ends in .npy
     */
    static boolean isNpy(Path path) {
        return path.toString().toLowerCase(Locale.ROOT).endsWith(".npy");
    }

    private static SampleDataset openFolder(Path folder, Integer size, Integer channels) {
        DatasetOptions options =
                DatasetOptions.defaults().withSize(size).withChannels(channels).withStrict(true);
        try {
            // The whole path, so that no name of a data set is meant.
            return Datasets.open(folder.toAbsolutePath().toString(), options);
        } catch (IOException e) {
            throw new InvalidInputException(
                    "The folder '%s' cannot be read: %s.".formatted(folder, e.getMessage()), e);
        }
    }

    /**
     * A run of ours.
     *
     * @param folder the run folder
     * @param config its configuration
     * @param generator its generator
     */
    record TrainedRun(Path folder, RunConfig config, TrainedGenerator generator)
            implements Subject {

        @Override
        public SampleSet samples(int count, long seed) {
            return SampleSet.generate(generator, count, seed);
        }

        @Override
        public Shape getSampleShape() {
            return generator.getSampleShape();
        }

        @Override
        public Optional<SampleSet> training() {
            return Optional.of(SampleSet.of(Run.openDataset(folder), Integer.MAX_VALUE, 0));
        }

        @Override
        public Path resultFile() {
            return folder.resolve("evaluation.json");
        }

        @Override
        public void close() {
            generator.close();
        }
    }

    /**
     * A NumPy file.
     *
     * @param file the file
     * @param all its samples
     */
    record ArrayFile(Path file, SampleSet all) implements Subject {

        @Override
        public SampleSet samples(int count, long seed) {
            return all.draw(count, seed);
        }

        @Override
        public Shape getSampleShape() {
            return all.getSampleShape();
        }

        @Override
        public Path resultFile() {
            return file.resolveSibling(file.getFileName() + ".evaluation.json");
        }
    }

    /**
     * A folder of pictures.
     *
     * @param folder the folder
     * @param pictures what it holds
     */
    record Folder(Path folder, SampleDataset pictures) implements Subject {

        @Override
        public SampleSet samples(int count, long seed) {
            return SampleSet.of(pictures, count, seed);
        }

        @Override
        public Shape getSampleShape() {
            return pictures.getSampleShape();
        }

        @Override
        public Path resultFile() {
            Path whole = folder.toAbsolutePath().normalize();
            return whole.resolveSibling(whole.getFileName() + ".evaluation.json");
        }
    }
}
