package io.github.gan4j.run;

import io.github.gan4j.Devices;
import io.github.gan4j.Domains;
import io.github.gan4j.Gan;
import io.github.gan4j.GanTrainer;
import io.github.gan4j.InvalidInputException;
import io.github.gan4j.NonFiniteTermException;
import io.github.gan4j.Reasons;
import io.github.gan4j.SampleSpec;
import io.github.gan4j.TrainingListener;
import io.github.gan4j.data.DatasetOptions;
import io.github.gan4j.data.Datasets;
import io.github.gan4j.data.EpochSampler;
import io.github.gan4j.data.SampleDataset;
import io.github.gan4j.data.TranslationDataset;
import io.github.gan4j.evaluation.Evaluation;
import io.github.gan4j.torch.Torch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A training with a folder: configuration, metrics, sample pictures, checkpoints, and the generator
 * for use elsewhere.
 *
 * <pre>{@code
 * RunConfig config = RunConfig.defaults(Variants.find("dcgan"), Torch.getThreads());
 * try (Run run = Run.create(config, Path.of("runs/first"))) {
 *     run.train();
 * }
 * }</pre>
 *
 * <p>The process may be killed at any moment; {@link #resume} goes on from the last checkpoint and
 * ends at the same bytes.
 */
public final class Run implements AutoCloseable {

    private final RunConfig config;
    private final SampleDataset dataset;
    private final Contents contents;
    private final PictureMaker pictures;
    private final GanTrainer trainer;
    private CheckpointStore checkpoints;
    private Evaluation evaluation;
    private RunWatch watch;
    private RunLock lock;

    private Run(RunConfig given) {
        Torch.setThreads(given.threads());
        dataset = open(given, options -> options);
        contents = new Contents(dataset);
        pictures = pictures(given, dataset);
        SampleSpec samples = dataset.getSampleSpec();
        config = inSteps(given, samples, dataset.size()).complete(samples);
        Gan gan = config.buildGan(samples);
        requireHeeded(config, gan);
        trainer =
                GanTrainer.builder()
                        .setGan(gan)
                        .setDataset(dataset)
                        .optSeed(config.seed())
                        .optBatchSize(config.batchSize())
                        .optDevice(Devices.parse(config.device()))
                        .optPrecision(config.parsePrecision())
                        .build();
    }

    /** Tells epochs in steps, before there are settings that depend on their number. */
    private static RunConfig inSteps(RunConfig given, SampleSpec samples, long size) {
        if (given.epochs() == null) {
            return given;
        }
        Gan gan = given.complete(samples).buildGan(samples);
        return given.inSteps(
                EpochSampler.batchesPerEpoch(size, given.batchSize()),
                gan.getStrategy().getBatchesPerStep());
    }

    private static SampleDataset open(RunConfig config, UnaryOperator<DatasetOptions> change) {
        Domains domains = Variants.find(config.variant()).getDomains();
        try {
            return Datasets.open(
                    config.dataset().name(), change.apply(config.dataset().toOptions(domains)));
        } catch (IOException e) {
            throw unreadable(config.dataset(), e);
        }
    }

    private static PictureMaker pictures(RunConfig config, SampleDataset dataset) {
        boolean translates = Variants.find(config.variant()).getDomains() != Domains.ONE;
        if (translates && dataset instanceof TranslationDataset pairs) {
            return new TranslationPictures(pairs, config.sampleCount());
        }
        try {
            return new LatentPictures(
                    config.sampleCount(),
                    dataset.getClassNames().size(),
                    SamplePainter.of(dataset));
        } catch (IOException e) {
            throw unreadable(config.dataset(), e);
        }
    }

    private static InvalidInputException unreadable(RunConfig.DatasetConfig config, IOException e) {
        return new InvalidInputException(
                "The data set '%s' cannot be read: %s.".formatted(config.name(), Reasons.of(e)), e);
    }

    /**
     * Opens the data set that a run was trained on.
     *
     * @param folder the run folder
     * @return the data set
     * @throws InvalidInputException if there is no such run, or the data set cannot be opened
     */
    public static SampleDataset openDataset(Path folder) {
        return openDataset(folder, options -> options);
    }

    /**
     * Opens the data set that a run was trained on, in another form.
     *
     * @param folder the run folder
     * @param change what is changed of how it was opened
     * @return the data set
     * @throws InvalidInputException if there is no such run, or the data set cannot be opened
     */
    public static SampleDataset openDataset(Path folder, UnaryOperator<DatasetOptions> change) {
        return open(RunFolder.readConfig(folder, 1), change);
    }

    /**
     * Reads the configuration of a run.
     *
     * @param folder the run folder
     * @return the configuration, complete
     * @throws InvalidInputException if there is no such run
     */
    public static RunConfig readConfig(Path folder) {
        return RunFolder.readConfig(folder, 1);
    }

    /**
     * Builds all that a training needs, and no folder.
     *
     * @param config what to train
     * @return the run, to be closed; {@link #train} trains it and writes nothing
     * @throws InvalidInputException if the configuration cannot be had
     */
    public static Run rehearse(RunConfig config) {
        return new Run(config);
    }

    /**
     * Starts a run. Nothing is written unless all is well.
     *
     * @param config what to train
     * @param folder where; must not exist, or be empty
     * @return the run, to be closed
     * @throws InvalidInputException if the configuration cannot be had, or the folder is taken
     */
    public static Run create(RunConfig config, Path folder) {
        RunFolder.requireNew(folder);
        Run run = new Run(config);
        try {
            run.openEvaluation();
            Files.createDirectories(folder);
            run.lock = RunLock.take(folder);
            run.contents.write(folder);
            RunFolder.writeConfig(folder, run.config);
        } catch (IOException e) {
            run.close();
            throw new InvalidInputException(
                    "The folder '%s' cannot be made; choose another one with --out."
                            .formatted(folder),
                    e);
        } catch (RuntimeException e) {
            run.close();
            throw e;
        }
        run.keepIn(folder);
        return run;
    }

    /**
     * Goes on with a run from its last checkpoint.
     *
     * @param folder the run folder
     * @param changes other values for how long to train, where, and what to write down; see {@link
     *     RunConfig#with}
     * @return the run, to be closed
     * @throws InvalidInputException if there is no such run, if a file of it was altered, or if a
     *     change would not go on with the same training
     */
    public static Run resume(Path folder, Map<String, ?> changes) {
        RunConfig written = RunFolder.readConfig(folder, Torch.getThreads());
        RunConfig changed = written.with(changes);
        Run run = new Run(changed);
        Optional<Checkpoint> checkpoint;
        try {
            run.openEvaluation();
            run.lock = RunLock.take(folder);
            checkpoint = run.openCheckpoints(folder).loadLatest();
            if (checkpoint.isPresent()) {
                refuseOtherTraining(folder, checkpoint.get(), run.config);
                run.contents.requireSame(run.dataset.getName(), folder, checkpoint.get());
                checkpoint.get().restore(run.trainer);
            } else {
                run.contents.write(folder);
            }
            if (!changed.equals(written) && run.config.steps() > run.trainer.getStep()) {
                RunFolder.writeConfig(folder, run.config);
            }
        } catch (IOException e) {
            run.close();
            throw new InvalidInputException(
                    "The run '%s' cannot be read: %s.".formatted(folder, Reasons.of(e)), e);
        } catch (RuntimeException e) {
            run.close();
            throw e;
        }
        run.keepIn(folder);
        checkpoint.ifPresent(run.watch::resume);
        return run;
    }

    /** The checkpoint knows the configuration that made it. */
    private static void refuseOtherTraining(Path folder, Checkpoint checkpoint, RunConfig config) {
        RunConfig made = RunConfig.parse(checkpoint.getExtra().get(Checkpointer.CONFIG));
        List<String> differences = config.differencesThatMatter(made);
        if (!differences.isEmpty()) {
            throw new InvalidInputException(
                    "'%s' has been changed since the checkpoint was written: %s. Undo that, or train anew."
                            .formatted(
                                    folder.resolve(RunFolder.CONFIG),
                                    String.join("; ", differences)));
        }
    }

    private CheckpointStore openCheckpoints(Path folder) {
        return new CheckpointStore(
                folder.resolve(RunFolder.CHECKPOINTS),
                config.keepCheckpoints(),
                config.checkpointEvery());
    }

    private void keepIn(Path folder) {
        checkpoints = openCheckpoints(folder);
        MetricsLog log = new MetricsLog(folder.resolve(RunFolder.METRICS), config.logEvery());
        trainer.addListener(log);
        trainer.addListener(
                new SamplePictures(
                        folder.resolve(RunFolder.SAMPLES), config.sampleEvery(), pictures));
        // Before the checkpoint, which is not to be written of what is past help.
        watch = new RunWatch(config, dataset, checkpoints, folder);
        trainer.addListener(watch);
        Checkpointer checkpointer =
                new Checkpointer(this, checkpoints, contents.hash(), watch, folder);
        if (evaluation != null) {
            // Before the checkpoint: what is resumed from it has been measured.
            trainer.addListener(
                    new Evaluations(
                            evaluation, config.evaluateEvery(), dataset, log, checkpointer::offer));
        }
        trainer.addListener(checkpointer);
    }

    /** Said before a folder is made. */
    private static void requireHeeded(RunConfig config, Gan gan) {
        RunConfig.DatasetConfig data = config.dataset();
        boolean varied = data.mirror() || data.loadSize() != null;
        if (varied && gan.getGenerator() != null) {
            throw new InvalidInputException(
                    "%s has one domain, whose pictures are neither mirrored nor cropped at random; leave --mirror and --load-size out."
                            .formatted(config.variant()));
        }
        if (config.evaluateEvery() != null && gan.getGenerator() == null) {
            throw new InvalidInputException(
                    "%s translates pictures, which --evaluate-every cannot measure; leave that out."
                            .formatted(config.variant()));
        }
    }

    /** Opens what measures, before anything is written. */
    private void openEvaluation() {
        if (config.evaluateEvery() != null) {
            boolean conditional = trainer.getGan().getGenerator().getInputShapes().length > 1;
            evaluation = Evaluations.open(config, dataset.getSampleShape(), conditional);
        }
    }

    /**
     * Trains until the number of steps of the configuration is done, or {@link GanTrainer#stop} is
     * called, and then writes a checkpoint.
     *
     * @param watchers further listeners
     * @throws TrainingException if training diverges, or a file cannot be written
     */
    public void train(TrainingListener... watchers) {
        Arrays.stream(watchers).forEach(trainer::addListener);
        boolean again = true;
        while (again) {
            again = trainOrRollBack();
        }
    }

    /** Trains; returns whether the training was rolled back, and is to go on. */
    private boolean trainOrRollBack() {
        try {
            trainer.train(config.steps());
            return false;
        } catch (FatalSymptomException | NonFiniteWeightsException e) {
            if (watch.rollBack(trainer, e)) {
                return true;
            }
            throw e;
        } catch (NonFiniteTermException e) {
            if (watch != null && watch.rollBack(trainer, e)) {
                return true;
            }
            String lastGood =
                    checkpoints == null
                            ? ""
                            : checkpoints
                                    .latest()
                                    .map(file -> " The last good checkpoint is " + file + ".")
                                    .orElse(" No checkpoint had been written yet.");
            throw new TrainingException(e.getMessage() + lastGood, e);
        }
    }

    /**
     * Returns the configuration, complete.
     *
     * @return what is written into the run folder
     */
    public RunConfig getConfig() {
        return config;
    }

    /**
     * Returns the data set.
     *
     * @return the data set
     */
    public SampleDataset getDataset() {
        return dataset;
    }

    /**
     * Returns the trainer.
     *
     * @return the trainer
     */
    public GanTrainer getTrainer() {
        return trainer;
    }

    @Override
    public void close() {
        trainer.close();
        if (evaluation != null) {
            evaluation.close();
        }
        if (lock != null) {
            lock.close();
        }
    }
}
