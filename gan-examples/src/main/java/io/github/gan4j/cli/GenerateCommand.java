package io.github.gan4j.cli;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.gan4j.InvalidInputException;
import io.github.gan4j.run.DensityPicture;
import io.github.gan4j.run.ImageGrid;
import io.github.gan4j.run.NpyWriter;
import io.github.gan4j.run.Run;
import io.github.gan4j.run.TrainedGenerator;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code gan4j generate}. */
@Command(
        name = "generate",
        description = "Draws samples from a trained generator.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class GenerateCommand implements Callable<Integer> {

    /** A grid larger than this is no picture to look at. */
    private static final int MAX_GRID = 10_000;

    private static final Shape PLANE = new Shape(2);

    @Spec private CommandSpec spec;

    @Mixin private DrawOptions draw;

    @Option(names = "--count", paramLabel = "N", required = true, description = "How many.")
    private int count;

    @Option(
            names = "--out",
            paramLabel = "FILE.npy|FILE.png|DIR",
            required = true,
            description =
                    "An array for numpy, uint8, N x H x W (x C), or of points, float32, N x 2; one"
                            + " picture of all; or a folder with a picture of each.")
    private Path out;

    @Option(
            names = "--columns",
            paramLabel = "N",
            description = "Columns of the picture (default: as many as rows).")
    private Integer columns;

    @Override
    public Integer call() {
        String extension = Outputs.extension(out);
        checkOptions(extension);
        Outputs.requireFree(out, draw.overwrite());
        try (TrainedGenerator generator = draw.open()) {
            if (generator.getSampleShape().equals(PLANE)) {
                writePoints(generator, extension);
            } else {
                writePictures(generator, extension);
            }
        } catch (IOException e) {
            throw Outputs.unwritten(out, e);
        }
        spec.commandLine().getErr().printf("%,d samples in %s%n", count, out);
        return 0;
    }

    private void checkOptions(String extension) {
        if (count < 1) {
            throw new InvalidInputException("--count is " + count + "; it must be 1 or more.");
        }
        if (columns != null && columns < 1) {
            throw new InvalidInputException("--columns is " + columns + "; it must be 1 or more.");
        }
        if (!Set.of("npy", "png", "").contains(extension)) {
            throw new InvalidInputException(
                    "--out ends in .%s; give a .npy file, a .png file, or a folder."
                            .formatted(extension));
        }
    }

    private void writePictures(TrainedGenerator generator, String extension) throws IOException {
        Outputs.requireImages(generator);
        switch (extension) {
            case "npy" -> writeArray(generator);
            case "png" -> writeGrid(generator);
            default -> writeFolder(generator);
        }
    }

    private void writePoints(TrainedGenerator generator, String extension) throws IOException {
        if (columns != null) {
            throw new InvalidInputException(
                    "The generator makes points, which have no --columns; leave that out.");
        }
        switch (extension) {
            case "npy" -> writeArray(generator);
            case "png" -> writeDensity(generator);
            default ->
                    throw new InvalidInputException(
                            "The generator makes points, which are no pictures for a folder; give"
                                    + " a .npy or a .png file.");
        }
    }

    private void writeArray(TrainedGenerator generator) throws IOException {
        Outputs.makeParent(out);
        try (NpyWriter writer = new NpyWriter(out, count, generator.getSampleShape())) {
            generator.forEachBatch(count, draw.seed(), (first, samples) -> writer.write(samples));
        }
    }

    private void writeDensity(TrainedGenerator generator) throws IOException {
        DensityPicture picture = DensityPicture.of(Run.openDataset(draw.run()));
        Outputs.makeParent(out);
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray points = generator.generate(manager, count, draw.seed());
            ImageGrid.writePng(picture.paint(points.toFloatArray()), out);
        }
    }

    private void writeGrid(TrainedGenerator generator) throws IOException {
        if (count > MAX_GRID) {
            throw new InvalidInputException(
                    "A picture of %,d samples is too large; give a .npy file or a folder."
                            .formatted(count));
        }
        Outputs.makeParent(out);
        int width = columns == null ? (int) Math.ceil(Math.sqrt(count)) : columns;
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray samples = generator.generate(manager, count, draw.seed());
            ImageGrid.writePng(ImageGrid.of(samples, width, 2), out);
        }
    }

    private void writeFolder(TrainedGenerator generator) throws IOException {
        Outputs.makeFolder(out);
        int digits = Math.max(6, Integer.toString(count - 1).length());
        generator.forEachBatch(
                count,
                draw.seed(),
                (first, samples) -> {
                    for (int i = 0; i < samples.getShape().get(0); i++) {
                        try (NDArray one = samples.get(i + ":" + (i + 1))) {
                            String name = ("%0" + digits + "d.png").formatted(first + i);
                            ImageGrid.writePng(ImageGrid.of(one, 1, 0), out.resolve(name));
                        }
                    }
                });
    }
}
