package io.github.gan4j.cli;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.github.gan4j.InvalidInputException;
import io.github.gan4j.latent.Interpolation;
import io.github.gan4j.run.GifWriter;
import io.github.gan4j.run.ImageGrid;
import io.github.gan4j.run.TrainedGenerator;
import io.github.gan4j.torch.Torch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code gan4j interpolate}. */
@Command(
        name = "interpolate",
        description = "Walks through the latents of a trained generator.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class InterpolateCommand implements Callable<Integer> {

    /** Rows of the picture: walks from one latent to another. */
    private static final int ROWS = 8;

    /** Samples in the animation, each walking in its own circle. */
    private static final int WALKERS = 16;

    /** Latents that each walker passes on its way round. */
    private static final int STATIONS = 4;

    private static final int FRAME_MILLIS = 60;
    private static final int MIN_WIDTH = 280;

    @Spec private CommandSpec spec;

    @Mixin private DrawOptions draw;

    @Option(
            names = "--out",
            paramLabel = "FILE.png|FILE.gif",
            required = true,
            description =
                    "A picture with a walk in each row, or an animation. Where classes are drawn,"
                            + " each row is a class, on the same walk.")
    private Path out;

    @Option(
            names = "--steps",
            paramLabel = "N",
            defaultValue = "10",
            description = "Pictures from one latent to the next (default: 10).")
    private int steps;

    @Override
    public Integer call() {
        InvalidInputException.requireAtLeast(2, "--steps", steps);
        String extension = Outputs.extension(out);
        if (!"png".equals(extension) && !"gif".equals(extension)) {
            throw new InvalidInputException(
                    "--out is '" + out + "'; give a file that ends in .png or .gif.");
        }
        Outputs.requireFree(out, draw.overwrite());
        try (TrainedGenerator generator = draw.open();
                NDManager manager = Torch.newManager()) {
            Outputs.requireImages(generator);
            Outputs.makeParent(out);
            if ("png".equals(extension)) {
                picture(generator, manager);
            } else {
                animation(generator, manager);
            }
        } catch (IOException e) {
            throw Outputs.unwritten(out, e);
        }
        spec.commandLine().getErr().printf("Written to %s%n", out);
        return 0;
    }

    private void picture(TrainedGenerator generator, NDManager manager) throws IOException {
        long[] classes = draw.classes(generator);
        boolean shared = classes.length > 1;
        int rows = shared ? classes.length : ROWS;
        NDArray latents = generator.drawLatents(manager, 2 * rows, draw.seed());
        NDList walks = new NDList();
        long[] labels = new long[rows * steps];
        for (int row = 0; row < rows; row++) {
            NDArray from = latents.get(shared ? 0 : 2 * row);
            NDArray to = latents.get(shared ? 1 : 2 * row + 1);
            for (int i = 0; i < steps; i++) {
                walks.add(Interpolation.spherical(from, to, (float) i / (steps - 1)));
                labels[row * steps + i] = classes.length == 0 ? 0 : classes[row % classes.length];
            }
        }
        NDArray samples =
                generator.generate(NDArrays.stack(walks), classes.length == 0 ? null : labels);
        ImageGrid.writePng(ImageGrid.enlarge(ImageGrid.of(samples, steps, 2), 2 * MIN_WIDTH), out);
    }

    private void animation(TrainedGenerator generator, NDManager manager) throws IOException {
        long[] classes = draw.classes(generator);
        long[] labels =
                classes.length == 0
                        ? null
                        : IntStream.range(0, WALKERS)
                                .mapToLong(walker -> classes[walker % classes.length])
                                .toArray();
        NDArray latents = generator.drawLatents(manager, WALKERS * STATIONS, draw.seed());
        try (GifWriter gif = new GifWriter(out)) {
            for (int frame = 0; frame < STATIONS * steps; frame++) {
                int station = frame / steps;
                int next = (station + 1) % STATIONS;
                float way = (float) (frame % steps) / steps;
                try (NDManager local = manager.newSubManager()) {
                    NDList current = new NDList();
                    for (int walker = 0; walker < WALKERS; walker++) {
                        NDArray from = latents.get(local, walker * STATIONS + station);
                        NDArray to = latents.get(local, walker * STATIONS + next);
                        current.add(Interpolation.spherical(from, to, way));
                    }
                    NDArray samples = generator.generate(NDArrays.stack(current), labels);
                    gif.add(
                            ImageGrid.enlarge(ImageGrid.of(samples, 4, 2), MIN_WIDTH),
                            FRAME_MILLIS);
                }
            }
        }
    }
}
