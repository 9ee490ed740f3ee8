package io.github.gan4j.run;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.gan4j.GanTrainer;
import io.github.gan4j.InvalidInputException;
import io.github.gan4j.NonFiniteTermException;
import io.github.gan4j.Reasons;
import io.github.gan4j.StepReport;
import io.github.gan4j.TrainingListener;
import io.github.gan4j.data.SampleDataset;
import io.github.gan4j.watch.Symptom;
import io.github.gan4j.watch.Warning;
import io.github.gan4j.watch.Watcher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches a run: warnings go to the log and into {@code warnings.jsonl}, a line each; and, if the
 * configuration says so, a training that is past help is rolled back to its last healthy checkpoint
 * and goes on from there at half the learning rates.
 *
 * <p>What the watcher has seen is in each checkpoint, and only the checkpoints of the usual steps
 * are gone back to. So a run that was stopped and resumed is rolled back where it would have been
 * without a stop.
 */
final class RunWatch implements TrainingListener {

    private static final Logger LOGGER = LoggerFactory.getLogger(RunWatch.class);
    private static final ObjectMapper JSON = new ObjectMapper();

    /** How often figures are looked at, and samples measured, in steps. */
    private static final int MEASURE_EVERY = 100;

    private static final double SLOWER = 0.5;
    private static final String STATE = "watch";
    private static final String HEALTHY = "healthy";
    private static final String ROLLBACKS = "rollbacks";
    private static final String WARNINGS = "warnings";

    private final RunConfig config;
    private final Path file;
    private final CheckpointStore checkpoints;
    private final Watcher watcher;
    private long rollbacks;
    private Warning fatal;
    private boolean resumed = true;

    /** The number of lines that have been told. */
    private int told;

    RunWatch(RunConfig config, SampleDataset dataset, CheckpointStore checkpoints, Path folder) {
        this.config = config;
        this.checkpoints = checkpoints;
        file = folder.resolve(RunFolder.WARNINGS);
        watcher =
                Watcher.builder()
                        .optEvery(config.logEvery())
                        .optDiversity(dataset, MEASURE_EVERY)
                        .optListener(this::tell)
                        .build();
    }

    /** Goes on from a checkpoint: what was told after it is dropped. */
    void resume(Checkpoint checkpoint) {
        restore(checkpoint);
        told = Integer.parseInt(checkpoint.getExtra().getOrDefault(WARNINGS, "0"));
    }

    /** Takes up what a checkpoint remembers. */
    private void restore(Checkpoint checkpoint) {
        Map<String, String> extra = checkpoint.getExtra();
        if (extra.containsKey(STATE)) {
            watcher.setState(extra.get(STATE));
        }
        rollbacks = Math.max(rollbacks, Long.parseLong(extra.getOrDefault(ROLLBACKS, "0")));
    }

    /** What a checkpoint is to remember. */
    Map<String, String> save() {
        return Map.of(
                STATE,
                watcher.getState(),
                HEALTHY,
                Boolean.toString(watcher.isHealthy()),
                ROLLBACKS,
                Long.toString(rollbacks),
                WARNINGS,
                Integer.toString(told));
    }

    /** Whether there has to be a checkpoint of the very beginning. */
    boolean mayRollBack() {
        return config.rollback() > 0;
    }

    private void tell(Warning warning) {
        LOGGER.warn("Step {}: {}", warning.step(), warning.message());
        write(warning, Map.of());
        if (warning.symptom().isFatal()) {
            fatal = warning;
        }
    }

    @Override
    public void onStart(GanTrainer trainer, long untilStep) {
        if (resumed) {
            dropUntold();
            resumed = false;
        }
        watcher.onStart(trainer, untilStep);
    }

    @Override
    public boolean wantsGradientNorms(long step) {
        return watcher.wantsGradientNorms(step);
    }

    @Override
    public void onStep(GanTrainer trainer, StepReport report) {
        fatal = null;
        watcher.onStep(trainer, report);
        if (fatal != null && rollbacks < config.rollback() && findHealthy().isPresent()) {
            throw new FatalSymptomException(fatal);
        }
    }

    /**
     * Brings a training that cannot go on back to where it was healthy.
     *
     * @return whether it can go on from there
     */
    boolean rollBack(GanTrainer trainer, RuntimeException cause) {
        if (!(cause instanceof FatalSymptomException)) {
            long step = trainer.getStep();
            if (cause instanceof NonFiniteTermException term) {
                step = term.getStep();
            }
            write(new Warning(step, Symptom.NOT_FINITE, cause.getMessage()), Map.of());
        }
        Optional<Checkpoint> healthy =
                rollbacks < config.rollback() ? findHealthy() : Optional.empty();
        if (healthy.isEmpty()) {
            return false;
        }
        long from = trainer.getStep();
        double rate = trainer.getRate() * SLOWER;
        healthy.get().restore(trainer);
        restore(healthy.get());
        trainer.setRate(rate);
        rollbacks++;
        checkpoints.deleteAfter(trainer.getStep());
        String message =
                String.format(
                        Locale.ROOT,
                        "Rolled back to step %d (%d of %d), with %.4g times the learning rates. %s",
                        trainer.getStep(),
                        rollbacks,
                        config.rollback(),
                        rate,
                        cause.getMessage());
        LOGGER.warn("Step {}: {}", from, message);
        write(
                new Warning(from, null, message),
                Map.of("rolled back to", trainer.getStep(), "rate", rate));
        return true;
    }

    private Optional<Checkpoint> findHealthy() {
        List<Path> files = checkpoints.list();
        for (int i = files.size() - 1; i >= 0; i--) {
            Checkpoint checkpoint;
            try {
                checkpoint = CheckpointCodec.read(files.get(i));
            } catch (InvalidInputException e) {
                continue;
            }
            if (checkpoint.getStep() % config.checkpointEvery() == 0
                    && "true".equals(checkpoint.getExtra().get(HEALTHY))) {
                return Optional.of(checkpoint);
            }
        }
        return Optional.empty();
    }

    private void write(Warning warning, Map<String, Object> more) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put(MetricsLog.STEP, warning.step());
        if (warning.symptom() != null) {
            line.put(
                    "symptom", warning.symptom().name().toLowerCase(Locale.ROOT).replace('_', ' '));
        }
        line.put("message", warning.message());
        line.putAll(more);
        try {
            Files.writeString(
                    file,
                    JSON.writeValueAsString(line) + "\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
            told++;
        } catch (IOException e) {
            throw unwritten(e);
        }
    }

    /**
     * Drops what was told after the checkpoint that the training goes on from. By their number: a
     * line about going back has the step that was gone back from.
     */
    private void dropUntold() {
        if (!Files.exists(file)) {
            return;
        }
        try {
            List<String> lines = new ArrayList<>(MetricsLog.read(file).keySet());
            told = Math.min(told, lines.size());
            if (told == 0) {
                Files.delete(file);
                return;
            }
            try (AtomicFile atomic = new AtomicFile(file)) {
                Files.writeString(
                        atomic.getPartial(), String.join("\n", lines.subList(0, told)) + "\n");
                atomic.commit();
            }
        } catch (IOException e) {
            throw unwritten(e);
        }
    }

    private TrainingException unwritten(IOException e) {
        return new TrainingException(
                "The warnings could not be written to '%s': %s. Mend that and resume."
                        .formatted(file, Reasons.of(e)),
                e);
    }
}
