package io.github.gan4j.data;

import io.github.gan4j.InvalidInputException;
import io.github.gan4j.Names;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Predicate;

/** Finds data sets by name among the {@link DatasetProvider}s on the class path. */
public final class Datasets {

    private Datasets() {}

    /**
     * Opens a data set.
     *
     * <p>A known name comes before a folder of the same name; {@code ./name} is always the folder.
     *
     * @param nameOrFolder the name of a data set, or the path of a folder of pictures
     * @param options the wishes of the user
     * @return the data set, ready to be read
     * @throws IOException if reading fails for a reason that the user cannot mend
     * @throws InvalidInputException if there is no such data set, or it cannot be opened as wished;
     *     one line that says what to do
     */
    public static SampleDataset open(String nameOrFolder, DatasetOptions options)
            throws IOException {
        return open(nameOrFolder, options, list());
    }

    /**
     * Lists the data sets that can be opened.
     *
     * @return all providers on the class path, ordered by name
     */
    public static List<DatasetProvider> list() {
        List<DatasetProvider> providers = new ArrayList<>();
        ServiceLoader.load(DatasetProvider.class).forEach(providers::add);
        providers.sort(Comparator.comparing(DatasetProvider::getName));
        return providers;
    }

    /**
     * Tells whether a data set has a name, so that it is not taken for a folder.
     *
     * @param source what the user typed
     * @return whether a provider is called so
     */
    public static boolean isNamed(String source) {
        return list().stream().anyMatch(provider -> provider.getName().equals(source));
    }

    static SampleDataset open(
            String source, DatasetOptions options, List<DatasetProvider> providers)
            throws IOException {
        DatasetProvider provider =
                find(providers, one -> one.getName().equals(source))
                        .or(() -> find(providers, one -> one.accepts(source)))
                        .orElseThrow(() -> new InvalidInputException(explain(source, providers)));
        SampleDataset all = provider.open(source, options);
        return options.isTest() || options.getLimit().isEmpty()
                ? all
                : LimitedDataset.of(all, options.getLimit().getAsInt());
    }

    private static Optional<DatasetProvider> find(
            List<DatasetProvider> providers, Predicate<DatasetProvider> wanted) {
        return providers.stream().filter(wanted).findFirst();
    }

    private static String explain(String source, List<DatasetProvider> providers) {
        List<String> names =
                providers.stream()
                        .map(DatasetProvider::getName)
                        .filter(name -> !name.startsWith("<"))
                        .toList();
        if (names.isEmpty()) {
            return ("Data set '%s' cannot be opened, for the class path holds no data sets:"
                            + " add the jar of gan-datasets.")
                    .formatted(source);
        }
        if (isFile(source)) {
            return "'%s' is a file: give the folder that holds the images, or one of %s."
                    .formatted(source, String.join(", ", names));
        }
        if (source.contains("/") || source.contains("\\")) {
            return ("There is no folder '%s': give the path of an existing folder of images,"
                            + " or one of %s.")
                    .formatted(source, String.join(", ", names));
        }
        return ("No data set and no folder is called '%s'; did you mean '%s'?"
                        + " 'gan4j list' shows all data sets.")
                .formatted(source, Names.nearest(source, names));
    }

    private static boolean isFile(String source) {
        try {
            return Files.isRegularFile(Path.of(source));
        } catch (InvalidPathException e) {
            return false;
        }
    }
}
