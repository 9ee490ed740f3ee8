package io.github.gan4j.cli;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.gan4j.InvalidInputException;
import io.github.gan4j.run.DensityPicture;
import io.github.gan4j.run.ImageGrid;
import io.github.gan4j.run.NpyWriter;
import io.github.gan4j.run.Run;
import io.github.gan4j.run.SampleBatches;
import io.github.gan4j.run.TrainedGenerator;
import io.github.gan4j.torch.Torch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
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
                    "An array for numpy, uint8, N x H x W (x C), or of points, float32, N x 2,"
                            + " classes in turn; one picture of all, a row for each class; or a folder"
                            + " with a picture of each, a sub-folder for each class.")
    private Path out;

    @Option(
            names = "--columns",
            paramLabel = "N",
            description =
                    "Columns of the picture (default: as many as rows, or so many that there is a"
                            + " row for each class).")
    private Integer columns;

    /** The classes to draw; empty for a generator that draws none. */
    private long[] classes;

    @Override
    public Integer call() {
        String extension = Outputs.extension(out);
        checkOptions(extension);
        Outputs.requireFree(out, draw.overwrite());
        try (TrainedGenerator generator = draw.open()) {
            classes = draw.classes(generator);
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
        InvalidInputException.requireAtLeast(1, "--count", count);
        InvalidInputException.requireAtLeast(1, "--columns", columns);
        if (!Set.of("npy", "png", "").contains(extension)) {
            throw new InvalidInputException(
                    "--out ends in .%s; give a .npy file, a .png file, or a folder."
                            .formatted(extension));
        }
        if (!"png".equals(extension)) {
            Given.refuse(spec, "on a file or folder of single samples", "--columns");
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
            forEachBatch(generator, (first, samples) -> writer.write(samples));
        }
    }

    private void forEachBatch(
            TrainedGenerator generator, SampleBatches.Consumer<IOException> consumer)
            throws IOException {
        if (classes.length == 0) {
            generator.forEachBatch(count, draw.seed(), consumer);
        } else {
            generator.forEachBatch(labels(1), draw.seed(), consumer);
        }
    }

    /** The class of each sample: so many of one class, so many of the next, and from the start. */
    private long[] labels(int each) {
        return IntStream.range(0, count)
                .mapToLong(i -> classes[i / each % classes.length])
                .toArray();
    }

    private void writeDensity(TrainedGenerator generator) throws IOException {
        DensityPicture picture = DensityPicture.of(Run.openDataset(draw.run()));
        Outputs.makeParent(out);
        try (NDManager manager = Torch.newManager()) {
            NDArray points = draw(generator, manager, 1);
            ImageGrid.writePng(picture.paint(points.toFloatArray()), out);
        }
    }

    private NDArray draw(TrainedGenerator generator, NDManager manager, int each) {
        return classes.length == 0
                ? generator.generate(manager, count, draw.seed())
                : generator.generate(manager, labels(each), draw.seed());
    }

    private void writeGrid(TrainedGenerator generator) throws IOException {
        if (count > MAX_GRID) {
            throw new InvalidInputException(
                    "A picture of %,d samples is too large; give a .npy file or a folder."
                            .formatted(count));
        }
        Outputs.makeParent(out);
        int width = columns == null ? columns() : columns;
        try (NDManager manager = Torch.newManager()) {
            NDArray samples = draw(generator, manager, width);
            ImageGrid.writePng(ImageGrid.of(samples, width, 2), out);
        }
    }

    private int columns() {
        return classes.length > 1
                ? (count + classes.length - 1) / classes.length
                : (int) Math.ceil(Math.sqrt(count));
    }

    private void writeFolder(TrainedGenerator generator) throws IOException {
        Outputs.makeFolder(out);
        List<String> names = generator.getClassNames();
        List<String> drawn =
                LongStream.of(classes.length > 1 ? classes : new long[0])
                        .mapToObj(label -> names.get((int) label))
                        .toList();
        NumberedPictures.remove(out, names);
        NumberedPictures pictures = NumberedPictures.in(out, drawn, count);
        forEachBatch(
                generator,
                (first, samples) -> {
                    for (int i = 0; i < samples.getShape().get(0); i++) {
                        try (NDArray one = samples.get(i + ":" + (i + 1))) {
                            ImageGrid.writePng(ImageGrid.of(one, 1, 0), pictures.file(first + i));
                        }
                    }
                });
    }
}
