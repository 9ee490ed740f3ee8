package io.github.gan4j.cli;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.gan4j.Direction;
import io.github.gan4j.InvalidInputException;
import io.github.gan4j.data.DatasetOptions;
import io.github.gan4j.datasets.PictureReader;
import io.github.gan4j.datasets.PictureReader.PictureFile;
import io.github.gan4j.run.ImageGrid;
import io.github.gan4j.run.TrainedTranslator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code gan4j translate}. */
@Command(
        name = "translate",
        description = "Translates pictures with a trained cyclegan or pix2pix.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class TranslateCommand implements Callable<Integer> {

    private static final int BATCH = 16;

    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "RUN", description = "The run folder.")
    private Path run;

    @Option(
            names = "--input",
            paramLabel = "DIR|FILE",
            required = true,
            description = "A picture, or a folder of pictures and folders.")
    private Path input;

    @Option(
            names = "--out",
            paramLabel = "DIR|FILE.png",
            required = true,
            description = "A folder for pictures of the same names, or a file for a single one.")
    private Path out;

    @Option(
            names = "--direction",
            paramLabel = "AtoB|BtoA",
            description = "Which way to translate (default: the one that the run has, AtoB first).")
    private String direction;

    @Option(
            names = "--fit",
            paramLabel = "crop|pad",
            defaultValue = "crop",
            description = "What is done to pictures that are not square (default: crop).")
    private String fit;

    @Mixin private DeviceOption device;

    @Option(names = "--overwrite", description = "Write over what is there.")
    private boolean overwrite;

    @Override
    public Integer call() {
        boolean single = "png".equals(Outputs.extension(out)) && !Files.isDirectory(input);
        if (!single && !Outputs.extension(out).isEmpty() && !Files.isDirectory(out)) {
            throw new InvalidInputException(
                    "--out is '%s'; give a folder%s."
                            .formatted(
                                    out,
                                    Files.isDirectory(input)
                                            ? ""
                                            : ", or a file that ends in .png"));
        }
        Outputs.requireFree(out, overwrite);
        try (TrainedTranslator translator =
                TrainedTranslator.open(run, direction(), device.find())) {
            PictureReader reader = new PictureReader(translator.getInputShape(), fit());
            List<PictureFile> files = PictureReader.list(input);
            int done = new Work(translator, reader, single).translate(files);
            if (done == 0) {
                throw new InvalidInputException(
                        "None of the pictures in '%s' can be read; give PNG, JPEG, BMP or GIF files."
                                .formatted(input));
            }
            spec.commandLine().getErr().printf("%,d pictures in %s%n", done, out);
        } catch (IOException e) {
            throw Outputs.unwritten(out, e);
        }
        return 0;
    }

    private Direction direction() {
        if (direction != null) {
            return Direction.parse(direction);
        }
        List<Direction> ways = TrainedTranslator.directions(run);
        return ways.isEmpty() ? Direction.A_TO_B : ways.get(0);
    }

    private DatasetOptions.Fit fit() {
        return switch (fit.toLowerCase(Locale.ROOT)) {
            case "crop" -> DatasetOptions.Fit.CROP;
            case "pad" -> DatasetOptions.Fit.PAD;
            default ->
                    throw new InvalidInputException(
                            "There is no fit '" + fit + "'; use crop or pad.");
        };
    }

    /** Translates files, a batch at a time. */
    private final class Work {

        private final TrainedTranslator translator;
        private final PictureReader reader;
        private final boolean single;
        private final List<float[]> batch = new ArrayList<>();
        private final List<Path> targets = new ArrayList<>();
        private final Set<String> taken = new HashSet<>();
        private int done;

        Work(TrainedTranslator translator, PictureReader reader, boolean single) {
            this.translator = translator;
            this.reader = reader;
            this.single = single;
        }

        int translate(List<PictureFile> files) throws IOException {
            for (PictureFile file : files) {
                try {
                    batch.add(reader.read(file.path()));
                } catch (IOException e) {
                    if (files.size() == 1) {
                        throw new InvalidInputException(
                                "The picture '%s' cannot be read: %s; give a PNG, JPEG, BMP or GIF file."
                                        .formatted(file.path(), e.getMessage()),
                                e);
                    }
                    spec.commandLine()
                            .getErr()
                            .printf("Skipped '%s': %s.%n", file.name(), e.getMessage());
                    continue;
                }
                targets.add(single ? out : out.resolve(target(file.name())));
                if (batch.size() == BATCH) {
                    flush();
                }
            }
            flush();
            return done;
        }

        /** The name as PNG; the whole name before it where two files differ in the rest only. */
        private String target(String name) {
            int dot = name.lastIndexOf('.');
            String stem = dot > name.lastIndexOf('/') + 1 ? name.substring(0, dot) : name;
            return (taken.add(stem) ? stem : name) + ".png";
        }

        private void flush() throws IOException {
            if (batch.isEmpty()) {
                return;
            }
            if (done == 0) {
                if (single) {
                    Outputs.makeParent(out);
                } else {
                    Outputs.makeFolder(out);
                }
            }
            Shape one = translator.getInputShape();
            int volume = (int) one.size();
            float[] values = new float[batch.size() * volume];
            for (int i = 0; i < batch.size(); i++) {
                System.arraycopy(batch.get(i), 0, values, i * volume, volume);
            }
            try (NDManager manager = translator.getManager().newSubManager()) {
                NDArray pictures = manager.create(values, new Shape(batch.size()).addAll(one));
                NDArray translated = translator.translate(pictures);
                for (int i = 0; i < targets.size(); i++) {
                    Path target = targets.get(i);
                    Files.createDirectories(target.toAbsolutePath().getParent());
                    NDArray picture = translated.get(i + ":" + (i + 1));
                    ImageGrid.writePng(ImageGrid.of(picture, 1, 0), target);
                }
            }
            done += batch.size();
            batch.clear();
            targets.clear();
        }
    }
}
