package io.github.gan4j.cli;

import io.github.gan4j.Domains;
import io.github.gan4j.InvalidInputException;
import io.github.gan4j.data.DatasetOptions;
import io.github.gan4j.data.Datasets;
import io.github.gan4j.data.SampleDataset;
import io.github.gan4j.evaluation.AugmentationStudy;
import io.github.gan4j.evaluation.AugmentationStudy.Diet;
import io.github.gan4j.evaluation.Reference;
import io.github.gan4j.evaluation.SampleSet;
import io.github.gan4j.evaluation.Spread;
import io.github.gan4j.process.WritableFile;
import io.github.gan4j.run.Run;
import io.github.gan4j.run.RunConfig;
import io.github.gan4j.run.TrainedGenerator;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code gan4j augment}. */
@Command(
        name = "augment",
        description = "Tells what generated samples are worth to a classifier.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "The same small classifier is trained on the samples that the run was trained on, on"
                    + " generated ones, and on both, and tested on others. Moving real samples by"
                    + " two pixels is augmentation without a generator; see docs/augmentation.md."
        })
final class AugmentCommand implements Callable<Integer> {

    private static final String ROW = "  %-27s  %s%n";

    @Spec private CommandSpec spec;

    @Parameters(
            paramLabel = "RUN",
            description = "The run folder of a variant that draws the class asked for.")
    private Path folder;

    @Option(names = "--best", description = "Takes the best checkpoint of the run.")
    private boolean best;

    @Option(
            names = "--test",
            paramLabel = "NAME|DIR",
            description =
                    "What classifiers are tested on (default: the test samples of what the run was"
                            + " trained on).")
    private String test;

    @Option(
            names = "--generated",
            paramLabel = "N",
            defaultValue = "10000",
            description = "Generated samples (default: 10000).")
    private int count;

    @Option(
            names = "--updates",
            paramLabel = "N",
            defaultValue = "500",
            description = "Updates of each classifier (default: 500).")
    private int updates;

    @Option(
            names = "--repeats",
            paramLabel = "N",
            defaultValue = "1",
            description = "Does all N times, and tells the spread (default: 1).")
    private int repeats;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "0",
            description = "What everything random is derived from (default: 0).")
    private long seed;

    @Mixin private DeviceOption device;

    @Option(
            names = "--json",
            paramLabel = "FILE",
            description =
                    "Where the numbers go as JSON, written over (default: augmentation.json in the"
                            + " run).")
    private Path json;

    @Override
    public Integer call() {
        InvalidInputException.requireAtLeast(2, "--generated", count);
        InvalidInputException.requireAtLeast(1, "--updates", updates);
        InvalidInputException.requireAtLeast(1, "--repeats", repeats);
        WritableFile.require("--json", json);
        RunConfig config = Run.readConfig(folder);
        List<SampleSet> generated = new ArrayList<>();
        List<String> classes = generate(generated);
        SampleDataset others = openTest(config.dataset(), classes);
        SampleSet real = SampleSet.of(Run.openDataset(folder), Integer.MAX_VALUE, 0);
        SampleSet unseen = SampleSet.of(others, Integer.MAX_VALUE, 0);
        AugmentationStudy study =
                AugmentationStudy.builder()
                        .setReal(real, classes.size())
                        .setTest(unseen)
                        .optUpdates(updates)
                        .optDevice(device.find())
                        .build();
        PrintWriter out = spec.commandLine().getOut();
        out.printf(
                "%s: %,d real samples, %,d generated; tested on %,d others of %s%n",
                folder, real.size(), count, unseen.size(), others.getName());
        out.printf(ROW, "a classifier trained on", "tells right");
        Map<String, Object> results = new LinkedHashMap<>();
        for (Diet diet : Diet.values()) {
            List<Double> shares = new ArrayList<>();
            for (int i = 0; i < repeats; i++) {
                out.flush();
                shares.add(study.accuracy(diet, generated.get(i), seed + i));
            }
            results.put(diet.getTitle(), shares);
            out.printf(ROW, diet.getTitle(), format(new Spread(shares)));
        }
        out.flush();
        write(real.size(), others.getName(), results);
        return 0;
    }

    /** Draws the samples for each repetition; returns the names of the classes. */
    private List<String> generate(List<SampleSet> generated) {
        try (TrainedGenerator generator = TrainedGenerator.open(folder, best, device.find())) {
            if (!generator.isConditional()) {
                throw new InvalidInputException(
                        "The run '%s' does not draw the class asked for, and a classifier needs classes; train cdcgan, acgan, projection or cgan."
                                .formatted(folder));
            }
            for (int i = 0; i < repeats; i++) {
                generated.add(SampleSet.generate(generator, count, seed + i));
            }
            return generator.getClassNames();
        }
    }

    private SampleDataset openTest(RunConfig.DatasetConfig trained, List<String> classes) {
        String name = test == null ? trained.name() : test;
        boolean named = Datasets.isNamed(name);
        if (test == null && !named) {
            throw new InvalidInputException(
                    "'%s' has no test samples of its own; give a folder of others, with the same sub-folders, as --test DIR."
                            .formatted(name));
        }
        DatasetOptions options = trained.toOptions(Domains.ONE).withLimit(null).withTest(named);
        SampleDataset others = Reference.openDataset(name, options);
        if (!others.getClassNames().equals(classes)) {
            throw new InvalidInputException(
                    "'%s' has the classes %s, the run has %s; test on the same."
                            .formatted(name, others.getClassNames(), classes));
        }
        return others;
    }

    private static String format(Spread shares) {
        String mean = "%.2f %%".formatted(100 * shares.mean());
        return shares.values().size() == 1
                ? mean
                : "%s +/- %.2f".formatted(mean, 100 * shares.deviation());
    }

    private void write(int real, String tested, Map<String, Object> results) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("run", folder.toString());
        tree.put("real samples", real);
        tree.put("generated samples", count);
        tree.put("test", tested);
        tree.put("updates", updates);
        tree.put("seed", seed);
        tree.put("accuracy", results);
        Path file = json == null ? folder.resolve("augmentation.json") : json;
        try {
            JsonFile.write(file, tree);
        } catch (IOException e) {
            throw Outputs.unwritten(file, e);
        }
        spec.commandLine().getErr().printf("Written to %s%n", file);
    }
}
