package io.github.gan4j.datasets;

import ai.djl.ndarray.types.Shape;
import io.github.gan4j.InvalidInputException;
import io.github.gan4j.data.DatasetOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Reads pictures one by one, for a trained network: as those of a folder that is trained on are
 * read. Transparency is laid over white, grey becomes colour and colour grey where the other is
 * wanted, and what is not square is cropped or padded, and scaled.
 */
public final class PictureReader {

    private final Shape shape;
    private final DatasetOptions options;

    /**
     * Constructs a reader.
     *
     * @param shape the shape that pictures are brought to, {@code (C, H, W)} with C 1 or 3 and H
     *     equal to W
     * @param fit what is done to pictures that are not square
     */
    public PictureReader(Shape shape, DatasetOptions.Fit fit) {
        if (shape.dimension() != 3 || shape.get(1) != shape.get(2)) {
            throw new IllegalArgumentException("Pictures are (C, H, H), not " + shape + ".");
        }
        this.shape = shape;
        options = DatasetOptions.defaults().withFit(fit);
    }

    /**
     * A picture's file.
     *
     * @param path where it is
     * @param name its path within the folder that was listed, with slashes
     */
    public record PictureFile(Path path, String name) {}

    /**
     * Lists pictures.
     *
     * @param fileOrFolder a file, or a folder whose pictures, also those in folders in it, are
     *     wanted
     * @return the files by name, at least one; they may turn out to be unreadable
     * @throws IOException if the folder cannot be read
     * @throws InvalidInputException if there is no such file or folder, or it holds no pictures
     */
    public static List<PictureFile> list(Path fileOrFolder) throws IOException {
        if (Files.isRegularFile(fileOrFolder)) {
            return List.of(new PictureFile(fileOrFolder, fileOrFolder.getFileName().toString()));
        }
        if (!Files.exists(fileOrFolder)) {
            throw new InvalidInputException(
                    "There is no picture and no folder '%s': give the path of one."
                            .formatted(fileOrFolder));
        }
        return FolderScan.scan(fileOrFolder).stream()
                .map(entry -> new PictureFile(entry.path(), entry.name()))
                .toList();
    }

    /**
     * Reads a picture.
     *
     * @param file the file
     * @return its values in [-1, 1], of the shape of this reader
     * @throws IOException if it is no picture, or damaged; the message says which
     */
    public float[] read(Path file) throws IOException {
        Pixels picture = ImageDecoder.decode(file, options.getBackground());
        Pixels sample =
                ImageScaler.fit(
                                picture,
                                (int) shape.get(1),
                                options.getFit(),
                                options.getBackground())
                        .withChannels((int) shape.get(0));
        float[] values = new float[sample.data().length];
        ImageDataset.normalise(sample.data(), 0, values, 0, values.length);
        return values;
    }
}
