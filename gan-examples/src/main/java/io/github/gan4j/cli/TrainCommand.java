package io.github.gan4j.cli;

import io.github.gan4j.data.Datasets;
import io.github.gan4j.run.Run;
import io.github.gan4j.run.RunConfig;
import io.github.gan4j.run.Variants;
import io.github.gan4j.torch.Torch;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code gan4j train}. */
@Command(
        name = "train",
        description = "Trains a variant and keeps everything in a run folder.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class TrainCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Parameters(
            arity = "0..1",
            paramLabel = "VARIANT",
            description = "What to train: gan, dcgan, ...; 'gan4j list' shows all.")
    private String variant;

    @Option(
            names = "--dataset",
            paramLabel = "NAME|DIR",
            description = "A data set by name, or a folder of images (default: the variant's).")
    private String dataset;

    @ArgGroup private Length length;

    @Option(names = "--batch-size", paramLabel = "N", description = "Samples in a batch.")
    private Integer batchSize;

    @Option(names = "--size", paramLabel = "PX", description = "Side of the images in pixels.")
    private Integer size;

    @Option(names = "--channels", paramLabel = "1|3", description = "Grey or colour.")
    private Integer channels;

    @Option(
            names = "--fit",
            paramLabel = "crop|pad",
            description = "What is done to images that are not square (default: crop).")
    private String fit;

    @Option(
            names = "--limit",
            paramLabel = "N",
            description =
                    "Trains on N samples, chosen at random, the same in every run (default: all).")
    private Integer limit;

    @Option(
            names = "--load-size",
            paramLabel = "PX",
            description =
                    "Of two domains: side of the images before a random crop (default: no crop).")
    private Integer loadSize;

    @Option(names = "--mirror", description = "Of two domains: mirrors one image in two.")
    private boolean mirror;

    @Option(
            names = "--strict",
            description = "An unreadable image ends the run, rather than being skipped.")
    private boolean strict;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "What everything random is derived from (default: 0).")
    private Long seed;

    @Option(
            names = "--device",
            paramLabel = "cpu|gpu[:N]",
            description = "Where to compute (default: cpu).")
    private String device;

    @Option(
            names = "--precision",
            paramLabel = "float32|bfloat16|auto",
            description =
                    "How accurately layers multiply in training (default: float32); auto takes"
                            + " bfloat16 where the device has it.")
    private String precision;

    @Option(
            names = "--evaluate-every",
            paramLabel = "N",
            description =
                    "Measures samples every N steps, and keeps the best checkpoint (default:"
                            + " never).")
    private Integer evaluateEvery;

    @Mixin private GameOptions game;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "A setting of the variant, see 'gan4j list VARIANT'; may be repeated.")
    private Map<String, String> settings = new LinkedHashMap<>();

    @Option(
            names = "--rollback",
            paramLabel = "N",
            description =
                    "A training that diverges or collapses goes back to its last healthy checkpoint,"
                            + " and on at half the learning rates, at most N times (default: 0).")
    private Integer rollback;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "A configuration, such as the config.yaml of another run.")
    private Path config;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "The run folder (default: runs/VARIANT-DATASET).")
    private Path out;

    @Option(
            names = "--dry-run",
            description = "Builds everything, says how long it would take, and trains nothing.")
    private boolean dryRun;

    /** How long to train. */
    static final class Length {

        @Option(names = "--steps", paramLabel = "N", description = "Generator steps in total.")
        Long steps;

        @Option(names = "--epochs", paramLabel = "N", description = "Passes over the data.")
        Integer epochs;
    }

    @Override
    public Integer call() {
        RunConfig run = configuration();
        if (dryRun) {
            DryRun.print(run, spec.commandLine().getOut());
            return 0;
        }
        Path folder = out == null ? freeFolder(run) : out;
        try (Run training = Run.create(run, folder)) {
            return Training.train(training, folder, spec.commandLine().getErr());
        }
    }

    private RunConfig configuration() {
        if (variant == null && config == null) {
            throw new ParameterException(
                    spec.commandLine(), "Missing: VARIANT, for instance 'gan4j train dcgan'");
        }
        RunConfig run;
        int threads = Torch.getThreads();
        if (config == null) {
            run = RunConfig.defaults(Variants.find(variant), threads);
        } else {
            run = RunConfig.read(config, threads);
            if (variant != null && !variant.equals(run.variant())) {
                throw new ParameterException(
                        spec.commandLine(),
                        "VARIANT is %s, but %s says %s; leave one of them out"
                                .formatted(variant, config, run.variant()));
            }
        }
        run = run.with(given());
        for (Map.Entry<String, String> setting : settings.entrySet()) {
            run = run.withValue(setting.getKey(), setting.getValue());
        }
        return run;
    }

    private Map<String, Object> given() {
        Map<String, Object> data = new LinkedHashMap<>();
        put(data, "name", located(dataset));
        put(data, "size", size);
        put(data, "channels", channels);
        put(data, "fit", fit);
        put(data, "strict", strict ? Boolean.TRUE : null);
        put(data, "loadSize", loadSize);
        put(data, "mirror", mirror ? Boolean.TRUE : null);
        put(data, "limit", limit);
        Map<String, Object> values = new LinkedHashMap<>();
        put(values, "dataset", data.isEmpty() ? null : data);
        put(values, "batchSize", batchSize);
        put(values, "seed", seed);
        put(values, "device", device);
        put(values, "precision", precision);
        put(values, "evaluateEvery", evaluateEvery);
        put(values, "rollback", rollback);
        put(values, "plugins", Plugins.loaded().isEmpty() ? null : Plugins.loaded());
        if (length != null) {
            put(values, "steps", length.steps);
            put(values, "epochs", length.epochs);
        }
        put(values, "settings", game.settings());
        return values;
    }

    /** A folder by its whole path, so that the run can be resumed from anywhere. */
    private static String located(String dataset) {
        if (dataset == null || Datasets.isNamed(dataset)) {
            return dataset;
        }
        try {
            Path folder = Path.of(dataset);
            return Files.isDirectory(folder)
                    ? folder.toAbsolutePath().normalize().toString()
                    : dataset;
        } catch (InvalidPathException e) {
            return dataset;
        }
    }

    private static void put(Map<String, Object> values, String name, Object value) {
        if (value != null) {
            values.put(name, value);
        }
    }

    private static Path freeFolder(RunConfig run) {
        Path data = Path.of(run.dataset().name()).toAbsolutePath().normalize().getFileName();
        String name = run.variant() + "-" + (data == null ? "folder" : data);
        Path folder = Path.of("runs", name);
        for (int i = 2; Files.exists(folder); i++) {
            folder = Path.of("runs", name + "-" + i);
        }
        return folder;
    }
}
