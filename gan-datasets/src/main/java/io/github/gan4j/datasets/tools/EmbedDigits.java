package io.github.gan4j.datasets.tools;

import io.github.gan4j.InvalidInputException;
import io.github.gan4j.data.EpochSampler;
import io.github.gan4j.datasets.IdxFile;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Makes the embedded digits from the four files of MNIST.
 *
 * <p>Of the training pictures it draws 10,000 at random, without regard to their classes, and keeps
 * them in the order of the file; the test pictures are kept whole. The first 10,000 would be no
 * fair sample, since MNIST's writers come in order. The same input gives the same bytes.
 */
public final class EmbedDigits {

    /** The seed of the draw: the year of the paper that brought MNIST. */
    public static final long SEED = 1998;

    /** How many training pictures are drawn. */
    public static final int COUNT = 10_000;

    private EmbedDigits() {}

    /**
     * Runs the tool.
     *
     * @param args the folder with {@code {train,t10k}-{images-idx3,labels-idx1}-ubyte}, and the
     *     folder to write the {@code .gz} files to
     * @throws IOException if reading or writing fails
     */
    public static void main(String[] args) throws IOException {
        if (args.length != 2) {
            System.err.println("usage: EmbedDigits FOLDER_WITH_IDX_FILES OUTPUT_FOLDER");
            System.exit(2);
        }
        embed(Path.of(args[0]), Path.of(args[1]), COUNT);
    }

    /**
     * Writes the four resources.
     *
     * @param source the folder with MNIST's files, uncompressed
     * @param target the folder to write to, made if missing
     * @param count how many training pictures to draw
     * @throws IOException if reading or writing fails
     */
    static void embed(Path source, Path target, int count) throws IOException {
        Files.createDirectories(target);
        IdxFile images = read(source.resolve("train-images-idx3-ubyte"));
        IdxFile labels = read(source.resolve("train-labels-idx1-ubyte"));
        int total = labels.getData().length;
        if (count > total) {
            throw new InvalidInputException(
                    "Cannot draw %d pictures from %d: draw fewer.".formatted(count, total));
        }
        int[] drawn = Arrays.copyOf(EpochSampler.permutation(SEED, total), count);
        Arrays.sort(drawn);
        write(target, "train-images-idx3-ubyte", pick(images, drawn));
        write(target, "train-labels-idx1-ubyte", pick(labels, drawn));
        for (String name : new String[] {"t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"}) {
            write(target, name, read(source.resolve(name)));
        }
    }

    private static IdxFile pick(IdxFile file, int[] drawn) {
        int[] shape = file.getShape();
        int length = file.getData().length / shape[0];
        byte[] data = new byte[drawn.length * length];
        for (int i = 0; i < drawn.length; i++) {
            System.arraycopy(file.getData(), drawn[i] * length, data, i * length, length);
        }
        shape[0] = drawn.length;
        return new IdxFile(data, shape);
    }

    private static IdxFile read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new InvalidInputException(
                    "There is no file '%s': bring MNIST with tools/fetch-mnist.sh first."
                            .formatted(file));
        }
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            return IdxFile.read(in);
        }
    }

    private static void write(Path folder, String name, IdxFile content) throws IOException {
        Files.write(folder.resolve(name + ".gz"), Gzip.compress(content));
    }
}
