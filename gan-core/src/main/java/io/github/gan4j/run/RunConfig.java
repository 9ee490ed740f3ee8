package io.github.gan4j.run;

import ai.djl.Device;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.gan4j.Devices;
import io.github.gan4j.Domains;
import io.github.gan4j.Gan;
import io.github.gan4j.InvalidInputException;
import io.github.gan4j.SampleSpec;
import io.github.gan4j.Variant;
import io.github.gan4j.data.Augmentation;
import io.github.gan4j.data.DatasetOptions;
import io.github.gan4j.nn.Precision;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * Everything that a training depends on. It is written into the run folder, complete, and that file
 * alone gives the same bytes again (on the same kind of processor, with the same number of
 * threads).
 *
 * @param variant the name of the {@link Variant}
 * @param settings the hyper-parameters of the variant, all of them, by name
 * @param dataset the data set
 * @param steps how long to train, in steps
 * @param epochs how long to train, in passes over the data, in place of the steps; {@code null} in
 *     a run folder, where they have been told in steps
 * @param batchSize the number of samples in a batch
 * @param seed what everything random is derived from
 * @param device {@code cpu}, {@code gpu} or {@code gpu:N}
 * @param threads the number of threads that one operator may use; the last bits of sums depend on
 *     it
 * @param precision {@code float32}, {@code bfloat16}, or {@code auto} for the faster of what the
 *     processor has; in a run folder one of the former, see {@link Precision}
 * @param logEvery a line is logged every so many steps
 * @param sampleEvery a picture of samples is drawn every so many steps
 * @param sampleCount the number of samples in a picture
 * @param checkpointEvery a checkpoint is written every so many steps
 * @param keepCheckpoints the number of checkpoints that are kept
 * @param evaluateEvery samples are measured every so many steps, and the best checkpoint is kept;
 *     {@code null} for never
 * @param evaluateMeasures what is measured; by the first of them the best checkpoint is told
 * @param evaluateSamples the number of samples that are measured
 * @param rollback how often a training that diverges or collapses goes back to its last healthy
 *     checkpoint, and on from there at half the learning rates
 * @param plugins the jars that were loaded beside gan4j's own
 */
public record RunConfig(
        String variant,
        Map<String, Object> settings,
        DatasetConfig dataset,
        long steps,
        Integer epochs,
        int batchSize,
        long seed,
        String device,
        int threads,
        String precision,
        int logEvery,
        int sampleEvery,
        int sampleCount,
        int checkpointEvery,
        int keepCheckpoints,
        Integer evaluateEvery,
        List<String> evaluateMeasures,
        int evaluateSamples,
        int rollback,
        List<String> plugins) {

    /** What is measured while training, unless it is said. */
    static final List<String> USUAL_MEASURES = List.of("fid", "coverage");

    /**
     * Constructs a configuration and checks its numbers.
     *
     * @param variant the name of the {@link Variant}
     * @param settings the hyper-parameters of the variant by name
     * @param dataset the data set
     * @param steps how long to train, in steps
     * @param epochs how long to train, in passes over the data; {@code null} for the steps
     * @param batchSize the number of samples in a batch
     * @param seed what everything random is derived from
     * @param device {@code cpu}, {@code gpu} or {@code gpu:N}
     * @param threads the number of threads that one operator may use
     * @param precision {@code float32}, {@code bfloat16} or {@code auto}
     * @param logEvery a line is logged every so many steps
     * @param sampleEvery a picture of samples is drawn every so many steps
     * @param sampleCount the number of samples in a picture
     * @param checkpointEvery a checkpoint is written every so many steps
     * @param keepCheckpoints the number of checkpoints that are kept
     * @param evaluateEvery samples are measured every so many steps; {@code null} for never
     * @param evaluateMeasures what is measured
     * @param evaluateSamples the number of samples that are measured
     * @param rollback how often a training is rolled back, 0 or more
     * @param plugins the jars that were loaded beside gan4j's own
     * @throws InvalidInputException if a number is out of range
     */
    public RunConfig {
        requireText("variant", variant);
        requireText("device", device);
        InvalidInputException.requireAtLeast(1, "steps (--steps)", steps);
        InvalidInputException.requireAtLeast(1, "epochs (--epochs)", epochs);
        InvalidInputException.requireAtLeast(1, "batchSize (--batch-size)", batchSize);
        InvalidInputException.requireAtLeast(1, "threads", threads);
        Precision.parse(precision, Device.cpu());
        InvalidInputException.requireAtLeast(1, "logEvery", logEvery);
        InvalidInputException.requireAtLeast(1, "sampleEvery", sampleEvery);
        InvalidInputException.requireAtLeast(1, "sampleCount", sampleCount);
        InvalidInputException.requireAtLeast(1, "checkpointEvery", checkpointEvery);
        InvalidInputException.requireAtLeast(1, "keepCheckpoints", keepCheckpoints);
        InvalidInputException.requireAtLeast(1, "evaluateEvery (--evaluate-every)", evaluateEvery);
        evaluateMeasures = evaluateMeasures == null ? List.of() : List.copyOf(evaluateMeasures);
        InvalidInputException.requireAtLeast(2, "evaluateSamples", evaluateSamples);
        if (rollback < 0) {
            throw new InvalidInputException(
                    "rollback (--rollback) is " + rollback + "; it must be 0, for never, or more.");
        }
        plugins = List.copyOf(plugins);
    }

    private static void requireText(String name, String value) {
        if (value == null || value.isBlank()) {
            throw new InvalidInputException(
                    name + " has no value; give it one, or leave the line out.");
        }
    }

    /**
     * The data set of a run.
     *
     * @param name the name of a data set, or a folder
     * @param size the side of the images in pixels; {@code null} for the data set's own
     * @param channels 1 or 3; {@code null} for the data set's own
     * @param fit what is done to images that are not square: {@code crop} or {@code pad}
     * @param strict whether an unreadable image ends the run, rather than being skipped
     * @param loadSize the side of the images before a random crop, of sets of two domains; {@code
     *     null} for no crop
     * @param mirror whether one image in two is mirrored, of sets of two domains
     * @param limit how many samples are trained on, chosen at random; {@code null} for all
     */
    public record DatasetConfig(
            String name,
            Integer size,
            Integer channels,
            String fit,
            boolean strict,
            Integer loadSize,
            boolean mirror,
            Integer limit) {

        /**
         * Constructs a description.
         *
         * @param name the name of a data set, or a folder
         * @param size the side of the images in pixels; {@code null} for the data set's own
         * @param channels 1 or 3; {@code null} for the data set's own
         * @param fit what is done to images that are not square: {@code crop} or {@code pad}
         * @param strict whether an unreadable image ends the run, rather than being skipped
         * @param loadSize the side of the images before a random crop; {@code null} for no crop
         * @param mirror whether one image in two is mirrored
         * @param limit how many samples are trained on; {@code null} for all
         * @throws InvalidInputException if there is no name or no fit
         */
        public DatasetConfig {
            requireText("dataset.name", name);
            requireText("dataset.fit", fit);
        }

        /**
         * Returns how to open the data set.
         *
         * @param domains what the variant is trained on
         * @return the options
         */
        public DatasetOptions toOptions(Domains domains) {
            DatasetOptions.Fit parsed;
            try {
                parsed = DatasetOptions.Fit.valueOf(fit.toUpperCase(Locale.ROOT));
            } catch (IllegalArgumentException e) {
                throw new InvalidInputException(
                        "There is no fit '" + fit + "'; use crop or pad.", e);
            }
            Augmentation crops =
                    loadSize == null ? Augmentation.none() : Augmentation.resizeAndCrop(loadSize);
            return DatasetOptions.defaults()
                    .withDomains(domains)
                    .withAugmentation(crops.withMirrored(mirror))
                    .withSize(size)
                    .withChannels(channels)
                    .withFit(parsed)
                    .withStrict(strict)
                    .withLimit(limit);
        }
    }

    /**
     * Returns the defaults of a variant, its settings still empty.
     *
     * @param variant the variant
     * @param threads the number of threads that one operator may use
     * @return a configuration
     */
    public static RunConfig defaults(Variant<?> variant, int threads) {
        return new RunConfig(
                variant.getName(),
                Map.of(),
                new DatasetConfig(
                        variant.getDefaultDataset(), null, null, "crop", false, null, false, null),
                variant.getDefaultSteps(),
                null,
                variant.getDefaultBatchSize(),
                0,
                "cpu",
                threads,
                "float32",
                10,
                100,
                variant.getDomains() == Domains.ONE ? 64 : 16,
                500,
                3,
                null,
                USUAL_MEASURES,
                2000,
                0,
                List.of());
    }

    /**
     * Reads a configuration. Names that the file leaves out have their defaults.
     *
     * @param file a YAML file that names the variant at least
     * @param threads the number of threads, unless the file gives one
     * @return the configuration
     * @throws InvalidInputException if a name is unknown, or a value of the wrong type
     */
    public static RunConfig read(Path file, int threads) {
        ObjectNode tree = Yaml.readTree(file);
        JsonNode name = tree.get("variant");
        if (name == null || !name.isTextual()) {
            throw new InvalidInputException(
                    "'" + file + "' names no variant; add a line such as 'variant: dcgan'.");
        }
        return defaults(Variants.find(name.textValue()), threads).with(tree);
    }

    /**
     * Reads which jars a run needs beside gan4j's own, whether or not they are loaded.
     *
     * @param file a {@code config.yaml}
     * @return their paths; empty if there are none, or the file cannot be read
     */
    public static List<String> readPlugins(Path file) {
        try {
            List<String> plugins = new ArrayList<>();
            Yaml.readTree(file).path("plugins").forEach(each -> plugins.add(each.asText()));
            return plugins;
        } catch (InvalidInputException e) {
            return List.of();
        }
    }

    /**
     * Reads what {@link #toYaml} wrote into a checkpoint. What an earlier version did not know is
     * not filled in: it may have done what no value of the option stands for.
     *
     * @throws InvalidInputException if there is no value for an option
     */
    static RunConfig parse(String yaml) {
        JsonNode tree = Yaml.parseValue(yaml);
        List<String> missing = new ArrayList<>(missing(RunConfig.class, tree));
        missing(DatasetConfig.class, tree.path("dataset"))
                .forEach(name -> missing.add("dataset." + name));
        if (!missing.isEmpty()) {
            throw new InvalidInputException(
                    "The checkpoint says nothing of %s: another version of gan4j wrote it. Go on with that version, or train anew."
                            .formatted(String.join(", ", missing)));
        }
        return Yaml.fromTree(tree, RunConfig.class, "option");
    }

    private static List<String> missing(Class<? extends Record> type, JsonNode tree) {
        return Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getName)
                .filter(name -> !tree.has(name))
                .toList();
    }

    /**
     * Returns this configuration with other values.
     *
     * @param values the values by the names of this record's components; of the data set, by those
     *     of {@link DatasetConfig}; of the settings, some or all
     * @return a configuration
     * @throws InvalidInputException if a name is unknown, or a value of the wrong type
     */
    public RunConfig with(Map<String, ?> values) {
        return with(Yaml.toTree(values));
    }

    private RunConfig with(ObjectNode values) {
        ObjectNode tree = Yaml.toTree(this);
        ObjectNode flat = values.deepCopy();
        JsonNode newDataset = flat.remove("dataset");
        JsonNode newSettings = flat.remove("settings");
        if (flat.has("steps") && !flat.has("epochs")) {
            flat.putNull("epochs"); // the newer wish counts
        }
        Yaml.overlay(tree, flat, "option");
        if (newDataset instanceof ObjectNode object) {
            Yaml.overlay((ObjectNode) tree.get("dataset"), object, "option of the data set");
        } else if (newDataset != null) {
            throw new InvalidInputException(
                    "The data set must have a name, as in 'dataset: {name: digits}'.");
        }
        if (newSettings instanceof ObjectNode object) {
            ((ObjectNode) tree.get("settings")).setAll(object);
        } else if (newSettings != null) {
            throw new InvalidInputException(
                    "The settings must have names, as in 'settings: {latentSize: 64}'.");
        }
        return Yaml.fromTree(tree, RunConfig.class, "option");
    }

    /**
     * Returns this configuration with one other value.
     *
     * @param name the name of a setting of the variant, or of a component of this record such as
     *     {@code sampleEvery}
     * @param value its value as YAML: {@code 64}, {@code [256, 512]}
     * @return a configuration
     */
    public RunConfig withValue(String name, String value) {
        ObjectNode values = Yaml.toTree(Map.of());
        boolean option = Yaml.toTree(this).get(name) != null && !"settings".equals(name);
        (option ? values : values.putObject("settings")).set(name, Yaml.parseValue(value));
        return with(values);
    }

    /** Returns this configuration with its epochs told in steps. */
    RunConfig inSteps(long batchesPerEpoch, int batchesPerStep) {
        if (epochs == null) {
            return this;
        }
        long batches = epochs * batchesPerEpoch;
        ObjectNode values = Yaml.toTree(Map.of());
        values.put("steps", (batches + batchesPerStep - 1) / batchesPerStep).putNull("epochs");
        return with(values);
    }

    /**
     * Returns the settings of the variant.
     *
     * @return default values by name
     */
    public Map<String, Object> getSettingDefaults() {
        Domains domains = Variants.find(variant).getDomains();
        Shape colour = new Shape(3, 32, 32);
        return complete(
                        domains == Domains.ONE
                                ? new SampleSpec(new Shape(1, 32, 32), 0)
                                : new SampleSpec(colour, 0, domains, colour))
                .settings();
    }

    /**
     * Returns this configuration with every setting of its variant, those not given at their
     * defaults.
     *
     * @param samples what the data set holds
     * @return a complete configuration
     * @throws InvalidInputException if a setting is unknown
     */
    public RunConfig complete(SampleSpec samples) {
        Variant<?> found = Variants.find(variant);
        ObjectNode values = Yaml.toTree(Map.of());
        // By way of the typed object, so that all say the same in the same words.
        values.set("settings", Yaml.toTree(settings(found, samples)));
        values.put("precision", parsePrecision().toString());
        return with(values);
    }

    /**
     * Returns the precision in which layers compute.
     *
     * @return the precision
     * @throws InvalidInputException if it is {@code auto}, which depends on the device, and the
     *     device is not there
     */
    public Precision parsePrecision() {
        // Once chosen, it is that of the run wherever the run is looked at.
        boolean chosen = !"auto".equals(precision);
        return Precision.parse(precision, chosen ? Device.cpu() : Devices.parse(device));
    }

    /**
     * Builds the game.
     *
     * @param samples what the data set holds
     * @return the game, its networks not yet initialised
     * @throws InvalidInputException if a setting is unknown, of the wrong type or out of range
     */
    public Gan buildGan(SampleSpec samples) {
        return build(Variants.find(variant), samples);
    }

    private <S> Gan build(Variant<S> found, SampleSpec samples) {
        return found.build(settings(found, samples), samples);
    }

    private <S> S settings(Variant<S> found, SampleSpec samples) {
        S defaults = found.newSettings(samples, steps);
        @SuppressWarnings("unchecked")
        Class<S> type = (Class<S>) defaults.getClass();
        ObjectNode tree = Yaml.toTree(defaults);
        Yaml.overlay(tree, Yaml.toTree(settings), "setting of " + variant);
        return Yaml.fromTree(tree, type, "setting");
    }

    /**
     * Returns the configuration as YAML.
     *
     * @return the text of {@code config.yaml}
     */
    public String toYaml() {
        return Yaml.write(this);
    }

    /**
     * Names what makes the weights of two configurations differ: all but how long to train, where,
     * and what to write down meanwhile.
     *
     * @param other another configuration
     * @return for each difference its name and both values; empty if the one can go on from a
     *     checkpoint of the other
     */
    public List<String> differencesThatMatter(RunConfig other) {
        List<String> differences = new ArrayList<>();
        compare(differences, "variant", variant, other.variant);
        compareEach(differences, "dataset.", dataset, other.dataset);
        compare(differences, "batchSize", batchSize, other.batchSize);
        compare(differences, "precision", precision, other.precision);
        compare(differences, "seed", seed, other.seed);
        compareEach(differences, "settings.", settings, other.settings);
        return differences;
    }

    private static void compareEach(
            List<String> differences, String prefix, Object mine, Object theirs) {
        ObjectNode a = Yaml.toTree(mine);
        ObjectNode b = Yaml.toTree(theirs);
        a.fieldNames()
                .forEachRemaining(
                        name -> compare(differences, prefix + name, a.get(name), b.get(name)));
    }

    private static void compare(List<String> differences, String name, Object a, Object b) {
        if (!Objects.equals(a, b)) {
            differences.add(name + " is " + a + " and was " + b);
        }
    }
}
