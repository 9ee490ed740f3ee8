package io.github.gan4j.cli;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.github.gan4j.InvalidInputException;
import io.github.gan4j.Names;
import io.github.gan4j.latent.Attribute;
import io.github.gan4j.latent.AttributeDirection;
import io.github.gan4j.latent.ClassAttribute;
import io.github.gan4j.latent.CodeWalk;
import io.github.gan4j.latent.LatentWalk;
import io.github.gan4j.latent.PixelAttribute;
import io.github.gan4j.metric.ExtractorProvider;
import io.github.gan4j.metric.Extractors;
import io.github.gan4j.metric.FeatureExtractor;
import io.github.gan4j.metric.ScriptExtractor;
import io.github.gan4j.run.ImageGrid;
import io.github.gan4j.run.Run;
import io.github.gan4j.run.TrainedGenerator;
import io.github.gan4j.torch.Torch;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code gan4j attributes}. */
@Command(
        name = "attributes",
        description = "Finds where attributes of samples lie among the latents, and walks there.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "A walk moves latents along one direction, two standard deviations to either side, or"
                    + " along a code of infogan. The table tells how much of an attribute's variance the"
                    + " direction explains, and by how many standard deviations each attribute changes"
                    + " from the start of a walk to its end: the others should stay."
        })
final class AttributesCommand implements Callable<Integer> {

    /** Rows of the picture of a single walk. */
    private static final int ROWS = 8;

    /** Samples that are moved to the ends of each walk, to see what changes. */
    private static final int MOVED = 300;

    private static final int MIN_SAMPLES = 200;
    private static final int MIN_WIDTH = 560;

    @Spec private CommandSpec spec;

    @Mixin private DrawOptions draw;

    @Option(
            names = "--attribute",
            paramLabel = "NAME",
            split = ",",
            description =
                    "brightness, contrast, thickness, slant, width; a class, where a classifier of"
                            + " the data set is known; or a code of infogan: category, c1, ..."
                            + " (default: all but the classes).")
    private List<String> names = List.of();

    @Option(
            names = "--out",
            paramLabel = "FILE.png",
            description =
                    "A picture: of one attribute a walk in each row, from several samples or"
                            + " classes; of several a row for each, in the order of the table.")
    private Path out;

    @Option(
            names = "--steps",
            paramLabel = "N",
            defaultValue = "10",
            description = "Pictures from one end to the other (default: 10).")
    private int steps;

    @Option(
            names = "--samples",
            paramLabel = "N",
            defaultValue = "4000",
            description = "Samples that the directions are found from (default: 4000).")
    private int samples;

    @Option(
            names = "--extractor",
            paramLabel = "NAME|FILE",
            description = "The classifier (default: that of the data set).")
    private String extractor;

    @Override
    public Integer call() {
        check();
        try (TrainedGenerator generator = draw.open();
                Classifier classifier = new Classifier(generator)) {
            Outputs.requireImages(generator);
            List<CodeWalk> codes = new ArrayList<>();
            List<Attribute> attributes = new ArrayList<>();
            choose(generator, classifier, codes, attributes);
            if (classifier.opened == null) {
                Given.refuse(spec, "unless a class is among --attribute", "--extractor");
            }
            List<AttributeDirection> directions =
                    AttributeDirection.find(generator, attributes, samples, draw.seed());
            boolean asked = !names.isEmpty();
            List<LatentWalk> walks = new ArrayList<>(codes);
            // Attributes that nobody asked for tell what a code changes.
            directions.stream()
                    .filter(d -> !asked || names.contains(d.getName()))
                    .forEach(walks::add);
            print(generator, walks, directions);
            if (out != null) {
                Outputs.makeParent(out);
                writePicture(generator, walks);
                spec.commandLine().getErr().printf("Written to %s%n", out);
            }
        } catch (IOException e) {
            throw Outputs.unwritten(out, e);
        }
        return 0;
    }

    private void check() {
        InvalidInputException.requireAtLeast(2, "--steps", steps);
        InvalidInputException.requireAtLeast(MIN_SAMPLES, "--samples", samples);
        if (out != null) {
            if (!"png".equals(Outputs.extension(out))) {
                throw new InvalidInputException(
                        "--out is '" + out + "'; give a file that ends in .png.");
            }
            Outputs.requireFree(out, draw.overwrite());
        }
    }

    private void choose(
            TrainedGenerator generator,
            Classifier classifier,
            List<CodeWalk> codes,
            List<Attribute> attributes) {
        List<CodeWalk> allCodes = generator.getCodes().stream().map(CodeWalk::new).toList();
        List<PixelAttribute> ofPixels = List.of(PixelAttribute.values());
        if (names.isEmpty()) {
            codes.addAll(allCodes);
            attributes.addAll(ofPixels);
            return;
        }
        for (String name : names) {
            Optional<CodeWalk> code =
                    allCodes.stream().filter(c -> c.getName().equals(name)).findFirst();
            Optional<PixelAttribute> pixels =
                    ofPixels.stream().filter(p -> p.getName().equals(name)).findFirst();
            if (code.isPresent()) {
                codes.add(code.get());
            } else if (pixels.isPresent()) {
                attributes.add(pixels.get());
            } else if (generator.getClassNames().contains(name)) {
                attributes.add(classifier.attribute(name));
            } else {
                throw unknown(name, allCodes, ofPixels, generator.getClassNames());
            }
        }
        if (attributes.isEmpty()) {
            attributes.addAll(ofPixels);
        }
    }

    private static InvalidInputException unknown(
            String name,
            List<CodeWalk> codes,
            List<PixelAttribute> ofPixels,
            List<String> classes) {
        List<String> known = new ArrayList<>();
        ofPixels.forEach(attribute -> known.add(attribute.getName()));
        codes.forEach(code -> known.add(code.getName()));
        known.addAll(classes);
        return new InvalidInputException(
                "There is no attribute '%s'%s The run has: %s."
                        .formatted(name, Names.didYouMean(name, known), String.join(", ", known)));
    }

    /** The classifier of the run's data set, opened when a class is asked for. */
    private final class Classifier implements AutoCloseable {

        private final TrainedGenerator generator;
        private FeatureExtractor opened;

        Classifier(TrainedGenerator generator) {
            this.generator = generator;
        }

        Attribute attribute(String name) {
            if (generator.isConditional()) {
                throw new InvalidInputException(
                        "The run draws the class asked for: give --label %s in place of --attribute %1$s."
                                .formatted(name));
            }
            if (opened == null) {
                opened =
                        Extractors.open(
                                nameOfExtractor(name),
                                generator.getSampleShape(),
                                ScriptExtractor.Options.DEFAULTS,
                                draw.device());
            }
            return new ClassAttribute(opened, generator.getClassNames().indexOf(name), name);
        }

        private String nameOfExtractor(String name) {
            if (extractor != null) {
                return extractor;
            }
            String dataset = Run.readConfig(draw.run()).dataset().name();
            return Extractors.forDataset(dataset)
                    .map(ExtractorProvider::getName)
                    .orElseThrow(
                            () ->
                                    new InvalidInputException(
                                            "No classifier of '%s' is known to tell the class '%s'; name one with --extractor."
                                                    .formatted(dataset, name)));
        }

        @Override
        public void close() {
            if (opened != null) {
                opened.close();
            }
        }
    }

    private void print(
            TrainedGenerator generator,
            List<LatentWalk> walks,
            List<AttributeDirection> directions) {
        PrintWriter table = spec.commandLine().getOut();
        int width = walks.stream().mapToInt(walk -> walk.getName().length()).max().orElse(0);
        String first = "%-" + Math.max(10, width) + "s  %9s";
        table.printf(first, "walk", "explained");
        directions.forEach(d -> table.printf("  %10s", d.getName()));
        table.println();
        try (NDManager manager = Torch.newManager()) {
            NDArray latents = generator.drawLatents(manager, MOVED, draw.seed() + 1);
            long[] labels = labelsInTurn(draw.classes(generator), MOVED);
            for (LatentWalk walk : walks) {
                String explained =
                        walk instanceof AttributeDirection direction
                                ? "%.2f".formatted(Math.max(0, direction.getExplained()))
                                : "code";
                table.printf(first, walk.getName(), explained);
                try (NDArray start = generator.generate(walk.move(latents, 0), labels);
                        NDArray end = generator.generate(walk.move(latents, 1), labels)) {
                    for (AttributeDirection direction : directions) {
                        double change = mean(direction, end) - mean(direction, start);
                        double deviation = direction.getDeviation();
                        table.printf("  %+10.2f", deviation == 0 ? 0 : change / deviation);
                    }
                }
                table.println();
            }
        }
        table.flush();
    }

    /** Returns labels, or {@code null} for a generator that draws no classes. */
    private static long[] labelsInTurn(long[] classes, int count) {
        return classes.length == 0
                ? null
                : IntStream.range(0, count).mapToLong(i -> classes[i % classes.length]).toArray();
    }

    private static double mean(AttributeDirection direction, NDArray samples) {
        return Arrays.stream(direction.getAttribute().of(samples)).average().orElseThrow();
    }

    private void writePicture(TrainedGenerator generator, List<LatentWalk> walks)
            throws IOException {
        long[] classes = draw.classes(generator);
        boolean single = walks.size() == 1;
        int rows = !single ? walks.size() : classes.length > 0 ? classes.length : ROWS;
        try (NDManager manager = Torch.newManager()) {
            NDArray latents = generator.drawLatents(manager, rows, draw.seed());
            NDList moved = new NDList();
            long[] labels = classes.length == 0 ? null : new long[rows * steps];
            for (int row = 0; row < rows; row++) {
                // Rows differ in one thing only: the walk, the class, or else the sample.
                boolean sample = single && labels == null;
                NDArray one = latents.get(sample ? row + ":" + (row + 1) : "0:1");
                for (int i = 0; i < steps; i++) {
                    LatentWalk walk = walks.get(single ? 0 : row);
                    moved.add(walk.move(one, (double) i / (steps - 1)));
                    if (labels != null) {
                        labels[row * steps + i] = classes[single ? row : 0];
                    }
                }
            }
            NDArray made = generator.generate(NDArrays.concat(moved), labels);
            ImageGrid.writePng(ImageGrid.enlarge(ImageGrid.of(made, steps, 2), MIN_WIDTH), out);
        }
    }
}
