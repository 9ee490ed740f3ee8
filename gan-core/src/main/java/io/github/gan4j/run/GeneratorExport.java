package io.github.gan4j.run;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.gan4j.Direction;
import io.github.gan4j.Domains;
import io.github.gan4j.Gan;
import io.github.gan4j.GanTrainer;
import io.github.gan4j.Generator;
import io.github.gan4j.InvalidInputException;
import io.github.gan4j.SampleSpec;
import io.github.gan4j.metric.ContentHash;
import io.github.gan4j.torch.GradMode;
import io.github.gan4j.torch.Operators;
import io.github.gan4j.torch.Torch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Writes a generator as a folder that DJL's {@code Criteria} loads into a {@code Predictor}, and
 * builds it again from there: the variant and its settings in {@code generator.yaml}, the weights,
 * those of the moving average where one is kept, in DJL's own format.
 */
final class GeneratorExport {

    /** The name of the model, as DJL knows it. */
    private static final String NAME = "generator";

    private static final String DESCRIPTION = NAME + ".yaml";
    private static final String WEIGHTS = NAME + "-0000.params";

    /** Where the file of the weights holds their checksum. */
    private static final String CHECKSUM = "sha256";

    private GeneratorExport() {}

    /**
     * What a generator is built from.
     *
     * @param variant the name of the variant
     * @param settings all its settings
     * @param sampleShape the shape of a sample; of two domains, that of domain A
     * @param classNames the names of the classes of the data set
     * @param translation what a generator of a game of two domains does; else {@code null}
     */
    record Description(
            String variant,
            Map<String, Object> settings,
            long[] sampleShape,
            List<String> classNames,
            Translation translation) {

        Description {
            if (variant == null || settings == null || sampleShape == null || classNames == null) {
                throw new InvalidInputException(
                        "The description of a generator needs variant, settings, sampleShape and"
                                + " classNames; 'gan4j resume' writes it again.");
            }
        }

        /** Builds the game that the generator plays, not initialised. */
        Gan buildGan() {
            RunConfig config = RunConfig.defaults(Variants.find(variant), 1);
            Shape shape = new Shape(sampleShape);
            SampleSpec samples =
                    translation == null
                            ? new SampleSpec(shape, classNames.size())
                            : new SampleSpec(
                                    shape, 0, translation.domains, new Shape(translation.shapeB));
            return config.with(Map.of("settings", settings)).buildGan(samples);
        }

        /** Picks the generator out of a game. */
        Generator choose(Gan gan) {
            return translation == null
                    ? gan.getGenerator()
                    : gan.getTranslators().get(translation.direction);
        }
    }

    /**
     * What a translating generator does.
     *
     * @param direction which way it translates
     * @param domains what it was trained on
     * @param shapeB the shape of a sample of domain B
     */
    record Translation(Direction direction, Domains domains, long[] shapeB) {

        Translation {
            if (direction == null || domains == null || shapeB == null) {
                throw new InvalidInputException(
                        "The description of a translating generator needs direction, domains and"
                                + " shapeB; 'gan4j resume' writes it again.");
            }
        }
    }

    /** Returns the folder of a run's generator that translates one way. */
    static String folder(Direction direction) {
        return RunFolder.GENERATOR + "-" + direction;
    }

    static Description readDescription(Path folder) {
        ObjectNode tree = Yaml.readTree(folder.resolve(DESCRIPTION));
        return Yaml.fromTree(tree, Description.class, "generator's");
    }

    /** Writes the generator as it stands. A reader sees either the old weights or the new ones. */
    static void write(Path folder, GanTrainer trainer, Description description) throws IOException {
        Path partial = folder.resolveSibling(folder.getFileName() + ".tmp");
        Files.createDirectories(partial);
        Files.createDirectories(folder);
        Files.writeString(partial.resolve(DESCRIPTION), Yaml.write(description));
        Files.writeString(
                partial.resolve("serving.properties"),
                """
                engine=%s
                option.modelName=%s
                blockFactory=%s
                translatorFactory=%s
                """
                        .formatted(
                                Torch.ENGINE_NAME,
                                NAME,
                                GeneratorBlockFactory.class.getName(),
                                GeneratorTranslatorFactory.class.getName()));
        try (Model model = Model.newInstance(NAME, Device.cpu(), Torch.ENGINE_NAME);
                GradMode recording = GradMode.off()) {
            Block copy = description.choose(description.buildGan()).getBlock();
            Generator generator = description.choose(trainer.getGan());
            copyWeights(trainer, generator, copy, model.getNDManager());
            model.setBlock(copy);
            model.setProperty("Epoch", "0");
            model.setProperty(CHECKSUM, checksum(copy));
            model.save(partial, NAME);
        }
        try (var files = Files.list(partial)) {
            for (Path file : files.toList()) {
                Files.move(
                        file,
                        folder.resolve(file.getFileName()),
                        StandardCopyOption.ATOMIC_MOVE,
                        StandardCopyOption.REPLACE_EXISTING);
            }
        }
        Files.delete(partial);
    }

    private static String checksum(Block block) {
        ContentHash hash = new ContentHash();
        block.getParameters()
                .forEach(each -> hash.add(each.getKey()).add(each.getValue().getArray()));
        return hash.toHex();
    }

    /** Tells whether the weights that DJL has loaded are those that were written. */
    static boolean isSound(Model model) {
        return checksum(model.getBlock()).equals(model.getProperty(CHECKSUM));
    }

    /** Says which file is to blame if the generator cannot be had. */
    static String blame(Path folder) {
        return Files.isRegularFile(folder.resolve(WEIGHTS))
                ? WEIGHTS + " is torn or altered, or does not fit " + DESCRIPTION
                : "it has no " + WEIGHTS;
    }

    private static void copyWeights(
            GanTrainer trainer, Generator generator, Block copy, NDManager manager) {
        Shape[] inputs =
                Arrays.stream(generator.getInputShapes())
                        .map(shape -> new Shape(1).addAll(shape))
                        .toArray(Shape[]::new);
        copy.initialize(manager, DataType.FLOAT32, inputs);
        NDList targets = new NDList();
        copy.getParameters().values().forEach(parameter -> targets.add(parameter.getArray()));
        NDList sources = new NDList();
        for (Parameter parameter : generator.getBlock().getParameters().values()) {
            sources.add(trainer.getSamplingWeights().getValue(parameter, Device.cpu(), false));
        }
        Operators.copy(targets, sources);
    }
}
