package io.github.gan4j.datasets;

import ai.djl.ndarray.types.Shape;
import io.github.gan4j.InvalidInputException;
import io.github.gan4j.data.DatasetOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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

    private final Pictures pictures;
    private final int channels;

    private ImageFolder(
            String name, Pictures pictures, int channels, int size, List<String> classNames) {
        super(name, new Shape(channels, size, size), classNames);
        this.pictures = pictures;
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
        List<FolderScan.Entry> entries = FolderScan.scan(folder);
        int size = options.getSize().orElseGet(() -> CommonSize.of(entries));
        boolean keep = Pictures.isRoomFor(entries.size(), size, size);
        Pictures pictures =
                Pictures.load(folder, scaled(entries, size, options), options.isStrict(), keep);
        int channels = options.getChannels().orElse(pictures.channels());
        return new ImageFolder(
                FolderScan.nameOf(folder), pictures, channels, size, classes(pictures));
    }

    private static List<PictureFile> scaled(
            List<FolderScan.Entry> entries, int size, DatasetOptions options) {
        int background = options.getBackground();
        PictureFile.Preparation fit =
                pixels -> ImageScaler.fit(pixels, size, options.getFit(), background);
        return entries.stream().map(entry -> new PictureFile(entry, background, fit)).toList();
    }

    /**
     * The names of the sub-folders if all pictures lie in them. One sub-folder alone tells nothing
     * apart: then, as with pictures beside sub-folders, there are no classes.
     */
    private static List<String> classes(Pictures pictures) {
        List<String> folders =
                pictures.names().stream().map(ImageFolder::subFolder).distinct().sorted().toList();
        return folders.size() < 2 || folders.contains("") ? List.of() : folders;
    }

    /** The sub-folder that a picture is in; empty if in none. */
    private static String subFolder(String name) {
        return name.substring(0, Math.max(0, name.indexOf('/')));
    }

    /**
     * Returns the files that were passed over because they cannot be read.
     *
     * @return their paths within the folder, immutable
     */
    public List<String> getSkippedFiles() {
        return pictures.skippedFiles();
    }

    /**
     * Returns the path of a picture.
     *
     * @param index the number of the picture
     * @return its path within the folder, with slashes
     */
    public String getFile(long index) {
        return pictures.name((int) index);
    }

    @Override
    public Map<String, Integer> getContents() {
        Map<String, Integer> contents = new LinkedHashMap<>();
        pictures.addContents("", contents);
        return contents;
    }

    @Override
    protected void read(long index, float[] target) {
        Pixels pixels = pictures.read((int) index).withChannels(channels);
        normalise(pixels.data(), 0, target, 0, target.length);
    }

    @Override
    protected long label(long index) {
        return getClassNames().indexOf(subFolder(getFile(index)));
    }

    @Override
    protected long availableSize() {
        return pictures.size();
    }
}
