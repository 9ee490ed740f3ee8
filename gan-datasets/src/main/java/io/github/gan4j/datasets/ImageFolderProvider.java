package io.github.gan4j.datasets;

import io.github.gan4j.Domains;
import io.github.gan4j.data.DatasetOptions;
import io.github.gan4j.data.DatasetProvider;
import io.github.gan4j.data.SampleDataset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * Opens an {@link ImageFolder} by its path; or {@link PairedImages} or {@link UnpairedImages}, if
 * they are asked for, or the folder holds {@code trainA} and {@code trainB}.
 */
public final class ImageFolderProvider implements DatasetProvider {

    /** Constructs a provider. */
    public ImageFolderProvider() {}

    @Override
    public String getName() {
        return "<folder>";
    }

    @Override
    public String getSummary() {
        return "your own PNG, JPEG, BMP or GIF images; sub-folders, if any, are the classes";
    }

    /**
     * Tells whether the source is a folder.
     *
     * @return whether there is a folder at that path
     */
    @Override
    public boolean accepts(String source) {
        try {
            return Files.isDirectory(Path.of(source));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    @Override
    public SampleDataset open(String source, DatasetOptions options) throws IOException {
        Path folder = Path.of(source);
        return switch (options.getDomains().orElse(Domains.ONE)) {
            case PAIRED -> PairedImages.open(folder, options);
            case UNPAIRED -> unpaired(folder, options);
            case ONE ->
                    UnpairedFolder.isOne(folder)
                            ? UnpairedImages.open(folder, options)
                            : ImageFolder.open(folder, options);
        };
    }

    /** Unpaired pictures, or those of pairs if the folder holds pairs side by side. */
    private static SampleDataset unpaired(Path folder, DatasetOptions options) throws IOException {
        return PairedFolder.isSideBySide(folder)
                ? TranslationDatasets.as(PairedImages.open(folder, options), options)
                : UnpairedImages.open(folder, options);
    }
}
