package io.github.gan4j.datasets;

import ai.djl.ndarray.types.Shape;
import io.github.gan4j.InvalidInputException;
import io.github.gan4j.data.DatasetOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The pictures of a folder.
 *
 * <p>PNG, JPEG, BMP and GIF of any size and kind, in the folder or below it, in the order of their
 * names; hidden files and other files are passed over. If all of them lie in sub-folders, two or
 * more, the sub-folders are the classes, ordered by name. Pictures that are not square are cropped
 * to the central square or padded, as the options say, then scaled.
 *
 * <p>Every file is decoded once when the folder is opened, so that a damaged one shows at once and
 * the number of pictures stands. If the scaled pictures fit in 512 MB and a quarter of the heap,
 * they are kept, else each is decoded again whenever it is read.
 */
public final class ImageFolder extends ImageDataset {

    private final ImageFolderLoader loader;
    private final List<ImageFolderLoader.Item> items;
    private final List<String> skippedFiles;
    private final int channels;

    private ImageFolder(
            ImageFolderLoader loader,
            List<ImageFolderLoader.Item> items,
            List<String> skippedFiles,
            int channels,
            List<String> classNames) {
        super(loader.folderName(), new Shape(channels, loader.size(), loader.size()), classNames);
        this.loader = loader;
        this.items = items;
        this.skippedFiles = List.copyOf(skippedFiles);
        this.channels = channels;
    }

    /**
     * Opens a folder.
     *
     * @param folder the folder
     * @param options size: by default the pictures' own if all are squares of the same 28, 32, 64
     *     or 128 pixels, else 64; channels: by default 1 if all pictures are grey, else 3; strict,
     *     fit and background are heeded
     * @return the pictures that can be read, at least one
     * @throws IOException if the folder cannot be read
     * @throws InvalidInputException if there is no such folder or no picture in it, if no picture
     *     can be read, or, in strict mode, if one cannot
     */
    public static ImageFolder open(Path folder, DatasetOptions options) throws IOException {
        if (options.isTest()) {
            throw new InvalidInputException(
                    ("Folder '%s' has no test part: keep the test images in a folder of their own"
                                    + " and give that.")
                            .formatted(folder));
        }
        ImageFolderLoader loader = new ImageFolderLoader(folder, options);
        List<ImageFolderLoader.Item> items = loader.load();
        int channels =
                options.getChannels()
                        .orElse(items.stream().anyMatch(item -> item.channels() == 3) ? 3 : 1);
        return new ImageFolder(
                loader, items, loader.skippedFiles(), channels, ImageFolderLoader.classes(items));
    }

    /**
     * Returns the files that were passed over because they cannot be read.
     *
     * @return their paths within the folder, immutable
     */
    public List<String> getSkippedFiles() {
        return skippedFiles;
    }

    /**
     * Returns the path of a picture.
     *
     * @param index the number of the picture
     * @return its path within the folder, with slashes
     */
    public String getFile(long index) {
        return items.get((int) index).entry().name();
    }

    @Override
    protected void read(long index, float[] target) {
        Pixels pixels = loader.pixels(items.get((int) index)).withChannels(channels);
        normalise(pixels.data(), 0, target, 0, target.length);
    }

    @Override
    protected long label(long index) {
        return getClassNames().indexOf(items.get((int) index).entry().folder());
    }

    @Override
    protected long availableSize() {
        return items.size();
    }
}
