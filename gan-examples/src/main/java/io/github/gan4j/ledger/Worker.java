package io.github.gan4j.ledger;

import ai.djl.Device;
import ai.djl.ndarray.types.Shape;
import io.github.gan4j.Devices;
import io.github.gan4j.Domains;
import io.github.gan4j.InvalidInputException;
import io.github.gan4j.bench.TorchTraining;
import io.github.gan4j.data.DatasetOptions;
import io.github.gan4j.data.Datasets;
import io.github.gan4j.data.SampleDataset;
import io.github.gan4j.evaluation.Evaluation;
import io.github.gan4j.evaluation.SampleSet;
import io.github.gan4j.evaluation.Score;
import io.github.gan4j.metric.StatisticsCache;
import io.github.gan4j.run.Run;
import io.github.gan4j.run.RunConfig;
import io.github.gan4j.run.TrainedGenerator;
import io.github.gan4j.run.TrainedTranslator;
import io.github.gan4j.torch.Torch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Trains and measures lines. Many workers, in processes of their own, may share a ledger: each seed
 * of a line is locked by the one that works on it, and passed by the others. A training that was
 * killed goes on from its last checkpoint.
 */
final class Worker {

    private static final List<String> OF_PICTURES = List.of("fid", "coverage", "precision");
    private static final String ACCURACY = "accuracy";
    private static final String SECONDS = "ledger-seconds.txt";

    private final Results results;
    private final Path scratch;
    private final Device device;
    private final String hardware;
    private final String commit;
    private final boolean keepRuns;
    private final String python;

    /**
     * Constructs a worker.
     *
     * @param results where results are kept
     * @param scratch where runs and locks go
     * @param device where it computes
     * @param hardware what that is called
     * @param commit the version of gan4j
     * @param keepRuns whether runs are left there once they are measured
     * @param python a Python that has torch, for the lines of PyTorch
     */
    Worker(
            Results results,
            Path scratch,
            Device device,
            String hardware,
            String commit,
            boolean keepRuns,
            String python) {
        this.results = results;
        this.scratch = scratch;
        this.device = device;
        this.hardware = hardware;
        this.commit = commit;
        this.keepRuns = keepRuns;
        this.python = python;
    }

    /**
     * Works on a seed of a line, unless that is done or in other hands.
     *
     * @return the result; empty if there was nothing to do
     * @throws InvalidInputException if the line cannot be trained or measured
     */
    Optional<Result> work(Line line, long seed) {
        String name = line.name() + "-" + seed;
        try {
            Files.createDirectories(scratch);
            Path lockFile = scratch.resolve(name + ".lock");
            try (FileChannel channel =
                            FileChannel.open(
                                    lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock lock = lock(channel)) {
                if (lock == null || results.find(line, seed).isPresent()) {
                    return Optional.empty();
                }
                Result result = make(line, seed, name);
                results.keep(line, result);
                return Optional.of(result);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The results of " + name + " cannot be kept.", e);
        }
    }

    private Result make(Line line, long seed, String name) throws IOException {
        if (line.isReal()) {
            return real(line, seed);
        }
        return line.isOfPyTorch() ? trainWithPyTorch(line, seed, name) : train(line, seed, name);
    }

    private static FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null; // by another thread
        }
    }

    private Result train(Line line, long seed, String name) throws IOException {
        Path folder = scratch.resolve(name);
        RunConfig config = config(line, seed);
        Elapsed before = clear(folder, config);
        Stopwatch stopwatch =
                new Stopwatch(folder.resolve(SECONDS), before, config.checkpointEvery());
        try (Run run =
                before.wall() > 0
                        ? Run.resume(folder, Map.of("steps", config.steps()))
                        : Run.create(config, folder)) {
            run.train(stopwatch);
        }
        Elapsed training = stopwatch.getElapsed();
        Elapsed start = Elapsed.now();
        List<Score> scores =
                TrainedTranslator.directions(folder).isEmpty()
                        ? measure(line, seed, config, folder)
                        : Translations.measure(folder, device);
        double measuring = Elapsed.since(start).wall();
        if (!keepRuns) {
            delete(folder);
        }
        return result(line, seed, scores, training, measuring, hardware);
    }

    private RunConfig config(Line line, long seed) {
        return line.config(seed, Torch.getThreads()).with(Map.of("device", Devices.format(device)));
    }

    private Result trainWithPyTorch(Line line, long seed, String name) throws IOException {
        RunConfig config = config(line, seed);
        Path folder = scratch.resolve(name);
        SampleDataset dataset =
                Datasets.open(line.dataset(), config.dataset().toOptions(Domains.ONE));
        TorchTraining training = new TorchTraining(config, dataset, python);
        try (Evaluation evaluation =
                evaluation(line, config, dataset.getSampleShape(), training.isConditional())) {
            TorchTraining.Outcome outcome = training.run(evaluation.getSamples(), folder);
            Elapsed start = Elapsed.now();
            List<Score> scores = evaluation.measure(outcome.samples(), seed);
            double measuring = Elapsed.since(start).wall();
            if (!keepRuns) {
                delete(folder);
            }
            Elapsed elapsed = new Elapsed(outcome.wall(), outcome.cpu());
            String where = hardware + ", PyTorch " + outcome.version();
            return result(line, seed, scores, elapsed, measuring, where);
        }
    }

    private List<Score> measure(Line line, long seed, RunConfig config, Path folder) {
        try (TrainedGenerator generator = TrainedGenerator.open(folder, device);
                Evaluation evaluation =
                        evaluation(
                                line,
                                config,
                                generator.getSampleShape(),
                                generator.isConditional())) {
            SampleSet samples = SampleSet.generate(generator, evaluation.getSamples(), seed);
            return evaluation.measure(samples, seed);
        }
    }

    /** Removes what cannot be gone on with; returns how long it has been trained otherwise. */
    private static Elapsed clear(Path folder, RunConfig config) throws IOException {
        Path seconds = folder.resolve(SECONDS);
        if (Files.isRegularFile(seconds)) {
            RunConfig kept = Run.readConfig(folder);
            // A shorter training is gone on with; one that was to be longer may be past its end.
            if (kept.steps() <= config.steps()
                    && kept.differencesThatMatter(complete(config)).isEmpty()) {
                return Elapsed.read(seconds);
            }
        }
        delete(folder);
        return Elapsed.NOTHING;
    }

    /** The configuration as a run folder holds it. */
    private static RunConfig complete(RunConfig config) {
        try (Run rehearsal = Run.rehearse(config)) {
            return rehearsal.getConfig();
        }
    }

    private Evaluation evaluation(
            Line line, RunConfig config, Shape sampleShape, boolean conditional) {
        List<String> measures = new ArrayList<>(line.measures());
        boolean pictures = sampleShape.dimension() == 3;
        if (measures.isEmpty() && pictures && !isStacked(line)) {
            measures.addAll(OF_PICTURES);
            if (conditional) {
                measures.add(ACCURACY);
            }
        }
        return Evaluation.builder()
                .setReal(line.dataset(), config.dataset().toOptions(Domains.ONE))
                .setSampleShape(sampleShape)
                .optSamples(line.samples())
                .optMeasures(measures)
                .optCache(StatisticsCache.ofUser())
                .optDevice(device)
                .build();
    }

    /** The extractor of stacked digits brings the measures of its protocol. */
    private static boolean isStacked(Line line) {
        return line.dataset().startsWith("stacked-");
    }

    private Result real(Line line, long seed) throws IOException {
        Elapsed start = Elapsed.now();
        DatasetOptions options = DatasetOptions.defaults();
        SampleSet all =
                SampleSet.of(Datasets.open(line.dataset(), options), Integer.MAX_VALUE, seed);
        try (Evaluation evaluation =
                Evaluation.builder()
                        .setReal(line.dataset(), options)
                        .setSampleShape(all.getSampleShape())
                        .optSamples(line.samples())
                        .optMeasures(
                                !line.measures().isEmpty() || all.isPoints() || isStacked(line)
                                        ? line.measures()
                                        : List.of("fid", "coverage", "precision", ACCURACY))
                        .optCache(StatisticsCache.ofUser())
                        .optDevice(device)
                        .build()) {
            List<Score> scores = evaluation.measure(all.draw(evaluation.getSamples(), seed), seed);
            double measuring = Elapsed.since(start).wall();
            return result(line, seed, scores, Elapsed.NOTHING, measuring, hardware);
        }
    }

    private Result result(
            Line line,
            long seed,
            List<Score> scores,
            Elapsed training,
            double measuring,
            String where) {
        Map<String, Double> values = new LinkedHashMap<>();
        scores.forEach(
                score -> {
                    if (Double.isFinite(score.value())) {
                        values.put(score.protocol().toString(), score.value());
                    }
                });
        return new Result(
                line.name(),
                seed,
                line.spec(),
                values,
                tenths(training.wall()),
                Double.isNaN(training.cpu()) ? null : tenths(training.cpu()),
                tenths(measuring),
                where,
                Torch.getThreads(),
                commit);
    }

    private static double tenths(double seconds) {
        return Math.round(seconds * 10) / 10.0;
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
