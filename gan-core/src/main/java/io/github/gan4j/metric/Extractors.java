package io.github.gan4j.metric;

import ai.djl.Device;
import ai.djl.ndarray.types.Shape;
import io.github.gan4j.InvalidInputException;
import io.github.gan4j.Names;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/** Finds feature extractors by name among those on the class path, or in a TorchScript file. */
public final class Extractors {

    private Extractors() {}

    /**
     * Lists the extractors that are known by name.
     *
     * @return all providers on the class path, ordered by name
     */
    public static List<ExtractorProvider> list() {
        return ServiceLoader.load(ExtractorProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .sorted(Comparator.comparing(ExtractorProvider::getName))
                .toList();
    }

    /**
     * Finds the extractor that the samples of a data set are measured with.
     *
     * @param dataset the name of a data set
     * @return the provider; empty if no extractor was made for that set
     */
    public static Optional<ExtractorProvider> forDataset(String dataset) {
        return list().stream()
                .filter(provider -> provider.getDatasets().contains(dataset))
                .findFirst();
    }

    /**
     * Finds an extractor by name.
     *
     * @param name the name
     * @return the provider; empty if there is none of that name
     */
    public static Optional<ExtractorProvider> find(String name) {
        return list().stream().filter(provider -> provider.getName().equals(name)).findFirst();
    }

    /**
     * Opens an extractor.
     *
     * @param nameOrFile the name of an extractor, or a TorchScript file
     * @param sample the shape of a picture, {@code (C, H, W)}
     * @param script what a TorchScript file takes; one that has a name knows
     * @param device where it computes
     * @return the extractor, to be closed
     * @throws InvalidInputException if there is no such extractor, or it cannot look at such
     *     pictures
     */
    public static FeatureExtractor open(
            String nameOrFile, Shape sample, ScriptExtractor.Options script, Device device) {
        Optional<ExtractorProvider> provider = find(nameOrFile);
        if (provider.isPresent()) {
            if (!script.equals(ScriptExtractor.Options.DEFAULTS)) {
                throw new InvalidInputException(
                        "The extractor %s knows its size and range; leave those options out."
                                .formatted(nameOrFile));
            }
            return provider.get().open(sample, device);
        }
        try {
            Path file = Path.of(nameOrFile);
            if (Files.isRegularFile(file)) {
                return new ScriptExtractor(file, script, device);
            }
        } catch (InvalidPathException e) {
            throw unknown(nameOrFile);
        }
        throw unknown(nameOrFile);
    }

    private static InvalidInputException unknown(String name) {
        List<String> names = list().stream().map(ExtractorProvider::getName).toList();
        return new InvalidInputException(
                "There is no extractor and no file '%s'%s Extractors are %s, or a TorchScript file."
                        .formatted(name, Names.didYouMean(name, names), String.join(", ", names)));
    }
}
