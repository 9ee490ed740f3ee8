package io.github.gan4j.cli;

import ai.djl.ndarray.types.Shape;
import io.github.gan4j.Domains;
import io.github.gan4j.InvalidInputException;
import io.github.gan4j.data.DatasetOptions;
import io.github.gan4j.evaluation.Evaluation;
import io.github.gan4j.evaluation.Reference;
import io.github.gan4j.evaluation.Report;
import io.github.gan4j.evaluation.SampleSet;
import io.github.gan4j.evaluation.Subject;
import io.github.gan4j.metric.FeatureExtractor;
import io.github.gan4j.metric.ScriptExtractor;
import io.github.gan4j.metric.StatisticsCache;
import io.github.gan4j.process.WritableFile;
import io.github.gan4j.run.TrainedTranslator;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code gan4j evaluate}. */
@Command(
        name = "evaluate",
        description = "Measures how good samples are.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "Read FID and coverage first. Compare numbers only if they have the same name, which"
                    + " tells how they were measured; see docs/evaluation.md.",
            "The translations of a run of cyclegan or pix2pix are measured on held-out pairs,"
                    + " beside what takes no learning; see docs/translation.md."
        })
final class EvaluateCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Parameters(
            paramLabel = "RUN|FILE.npy|DIR",
            description = "A run folder, an array of samples, or a folder of pictures.")
    private Path source;

    @Option(names = "--best", description = "Measures the best checkpoint of the run.")
    private boolean best;

    @Option(
            names = "--against",
            paramLabel = "NAME|DIR|FILE.npy",
            description = "What is real (default: what the run was trained on).")
    private String against;

    @Option(
            names = "--samples",
            paramLabel = "N",
            description = "Samples of either kind (default: 10000, or what the protocol takes).")
    private Integer samples;

    @Option(
            names = "--measures",
            paramLabel = "NAME,...",
            split = ",",
            description = "What to measure: fid, kid, ... (default: what is usual).")
    private List<String> measures = List.of();

    @Option(
            names = "--extractor",
            paramLabel = "NAME|FILE",
            description =
                    "What looks at pictures: digits, fashion, stacked, or a TorchScript file"
                            + " (default: that of the data set).")
    private String extractor;

    @Option(
            names = "--extractor-size",
            paramLabel = "PX",
            description = "The side of pictures that the file takes; others are resized to it.")
    private Integer extractorSize;

    @Option(
            names = "--extractor-range",
            paramLabel = "LOW..HIGH",
            description = "The values of black and white that the file takes (default: -1..1).")
    private String extractorRange;

    @Option(
            names = "--extractor-channels",
            paramLabel = "1|3",
            description = "The channels that the file takes (default: those of the pictures).")
    private Integer extractorChannels;

    @Option(
            names = "--size",
            paramLabel = "PX",
            description = "Brings the pictures of folders to this side (default: their own).")
    private Integer size;

    @Option(
            names = "--channels",
            paramLabel = "1|3",
            description = "Reads the pictures of folders as grey or as colour.")
    private Integer channels;

    @Option(
            names = "--repeats",
            paramLabel = "N",
            defaultValue = "1",
            description = "Draws and measures N times, and tells the spread (default: 1).")
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
                    "Where the numbers go as JSON, written over (default: beside the samples).")
    private Path json;

    @Override
    public Integer call() {
        InvalidInputException.requireAtLeast(1, "--repeats", repeats);
        InvalidInputException.requireAtLeast(2, "--samples", samples);
        WritableFile.require("--json", json);
        if (!TrainedTranslator.directions(source).isEmpty()) {
            Given.refuse(
                    spec,
                    "on a run that translates, which is measured on its held-out pairs",
                    "--best",
                    "--against",
                    "--samples",
                    "--measures",
                    "--extractor",
                    "--extractor-size",
                    "--extractor-range",
                    "--extractor-channels",
                    "--size",
                    "--channels",
                    "--repeats",
                    "--seed");
            Path file = json == null ? source.resolve("evaluation.json") : json;
            TranslationTable.print(source, device.find(), file, spec.commandLine().getOut());
            return 0;
        }
        long start = System.nanoTime();
        try (Subject subject = Subject.open(source, best, size, channels, device.find());
                Evaluation evaluation = open(subject)) {
            Report report = new Report();
            for (int i = 0; i < repeats; i++) {
                SampleSet fake = subject.samples(evaluation.getSamples(), seed + i);
                report.add(evaluation.measure(fake, seed + i));
            }
            print(report, evaluation);
            write(subject, report, evaluation, (System.nanoTime() - start) / 1e9);
        }
        return 0;
    }

    private Evaluation open(Subject subject) {
        String realName = realName(subject);
        Shape shape = subject.getSampleShape();
        Evaluation.Builder builder =
                Evaluation.builder()
                        .setReal(realName, options(subject, realName, shape))
                        .setSampleShape(shape)
                        .optSamples(samples)
                        .optMeasures(measures)
                        .optTraining(() -> subject.training().orElse(null))
                        .optCache(StatisticsCache.ofUser())
                        .optDevice(device.find());
        ScriptExtractor.Options script = scriptOptions();
        if (extractor != null) {
            builder.optExtractor(extractor, script);
        } else if (!script.equals(ScriptExtractor.Options.DEFAULTS)) {
            throw new InvalidInputException(
                    "Size, range and channels are those of a file; name it with --extractor.");
        }
        return builder.build();
    }

    private String realName(Subject subject) {
        if (against != null) {
            return against;
        }
        if (subject instanceof Subject.TrainedRun run) {
            return run.config().dataset().name();
        }
        throw new InvalidInputException(
                "What is real? Say so with --against, for instance --against digits.");
    }

    private DatasetOptions options(Subject subject, String realName, Shape shape) {
        if (against == null && subject instanceof Subject.TrainedRun run) {
            Given.refuse(spec, "without --against", "--size", "--channels");
            return run.config().dataset().toOptions(Domains.ONE);
        }
        DatasetOptions like = Reference.like(realName, shape);
        if (size != null) {
            like = like.withSize(size);
        }
        return channels == null ? like : like.withChannels(channels);
    }

    private ScriptExtractor.Options scriptOptions() {
        ScriptExtractor.Options defaults = ScriptExtractor.Options.DEFAULTS;
        double low = defaults.low();
        double high = defaults.high();
        if (extractorRange != null) {
            String[] ends = extractorRange.split("\\.\\.", -1);
            try {
                low = Double.parseDouble(ends[0]);
                high = Double.parseDouble(ends[ends.length - 1]);
            } catch (NumberFormatException e) {
                ends = new String[0];
            }
            if (ends.length != 2) {
                throw new InvalidInputException(
                        "--extractor-range is '%s'; give two numbers such as 0..255 or -1..1."
                                .formatted(extractorRange));
            }
        }
        return new ScriptExtractor.Options(
                extractorSize == null ? defaults.size() : extractorSize,
                low,
                high,
                extractorChannels == null ? defaults.channels() : extractorChannels);
    }

    private void print(Report report, Evaluation evaluation) {
        PrintWriter out = spec.commandLine().getOut();
        Reference reference = evaluation.getReference();
        String eye = evaluation.getExtractor().map(e -> ", seen by " + e.getName()).orElse("");
        out.printf("%s against %s%s%n", source, reference.description(), eye);
        ScoreTable.print(report, out);
        evaluation.getNotes().forEach(out::println);
        if (eye.isEmpty() && reference.mixture() == null) {
            out.println(
                    "No extractor is known for these pictures, so only pixels were measured; for"
                            + " FID and the like name one with --extractor.");
        }
        out.flush();
    }

    private void write(Subject subject, Report report, Evaluation evaluation, double seconds) {
        Optional<FeatureExtractor> eye = evaluation.getExtractor();
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("samples", source.toString());
        tree.put("against", evaluation.getReference().description());
        tree.put("extractor", eye.map(FeatureExtractor::getName).orElse(null));
        tree.put("extractor fingerprint", eye.map(FeatureExtractor::getFingerprint).orElse(null));
        tree.put("seed", seed);
        tree.put("repeats", repeats);
        tree.put("seconds", Math.round(seconds * 10) / 10.0);
        tree.put("scores", report.toTree());
        Path file = json == null ? subject.resultFile() : json;
        try {
            JsonFile.write(file, tree);
        } catch (IOException e) {
            throw Outputs.unwritten(file, e);
        }
        spec.commandLine().getErr().printf("Written to %s%n", file);
    }
}
