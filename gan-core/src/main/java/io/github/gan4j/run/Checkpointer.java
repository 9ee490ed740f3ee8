package io.github.gan4j.run;

import io.github.gan4j.Direction;
import io.github.gan4j.GanTrainer;
import io.github.gan4j.Reasons;
import io.github.gan4j.SampleSpec;
import io.github.gan4j.StepReport;
import io.github.gan4j.TrainingListener;
import io.github.gan4j.evaluation.Score;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Writes a checkpoint, the generator and the plot of the losses every so many steps. */
final class Checkpointer implements TrainingListener {

    /** Where the metadata of a checkpoint hold the configuration that made it. */
    static final String CONFIG = "config";

    /** The name of the best checkpoint. */
    private static final String BEST = "best";

    /** Where the metadata of the best checkpoint hold by what it was found the best. */
    private static final String PROTOCOL = "protocol";

    private static final String SCORE = "score";

    private final Run run;
    private final CheckpointStore store;
    private final String contents;
    private final RunWatch watch;
    private final Path folder;
    private long savedStep = -1;

    Checkpointer(Run run, CheckpointStore store, String contents, RunWatch watch, Path folder) {
        this.run = run;
        this.store = store;
        this.contents = contents;
        this.watch = watch;
        this.folder = folder;
    }

    @Override
    public void onStart(GanTrainer trainer, long untilStep) {
        if (trainer.getStep() > 0) {
            savedStep = trainer.getStep();
            export(trainer);
        } else if (watch.mayRollBack() && store.latest().isEmpty()) {
            save(trainer);
        }
    }

    @Override
    public void onStep(GanTrainer trainer, StepReport report) {
        if (report.step() % run.getConfig().checkpointEvery() == 0) {
            save(trainer);
        }
    }

    @Override
    public void onEnd(GanTrainer trainer) {
        if (savedStep != trainer.getStep()) {
            save(trainer);
        }
    }

    private void save(GanTrainer trainer) {
        Map<String, String> extra = new TreeMap<>(watch.save());
        extra.put(CONFIG, run.getConfig().toYaml());
        if (!contents.isEmpty()) {
            extra.put(Contents.HASH, contents);
        }
        store.save(trainer, extra);
        savedStep = trainer.getStep();
        export(trainer);
    }

    /**
     * Keeps a checkpoint apart, and its generator, if its score is better than that of the one kept
     * before. The checkpoint comes last: it tells that the generator beside it is whole.
     */
    void offer(GanTrainer trainer, Score score) {
        Optional<Checkpoint> kept = store.find(BEST);
        if (kept.isPresent() && !isBetter(score, kept.get().getExtra())) {
            return;
        }
        try {
            store.requireFinite(trainer);
            export(trainer, RunFolder.BEST, null);
        } catch (IOException e) {
            throw unwritten(trainer, e);
        }
        store.saveAs(
                BEST,
                trainer,
                Map.of(
                        CONFIG,
                        run.getConfig().toYaml(),
                        PROTOCOL,
                        score.protocol().toString(),
                        SCORE,
                        String.valueOf(score.value())));
    }

    /** Numbers of another protocol say nothing; a later equal score is no better. */
    private static boolean isBetter(Score score, Map<String, String> kept) {
        if (!score.protocol().toString().equals(kept.get(PROTOCOL))) {
            return true;
        }
        double before = Double.parseDouble(kept.get(SCORE));
        return score.better() == Score.Better.LOWER
                ? score.value() < before
                : score.value() > before;
    }

    private void export(GanTrainer trainer) {
        try {
            if (trainer.getGan().getGenerator() != null) {
                export(trainer, RunFolder.GENERATOR, null);
            }
            for (Direction direction : trainer.getGan().getTranslators().keySet()) {
                SampleSpec samples = run.getDataset().getSampleSpec();
                var translation =
                        new GeneratorExport.Translation(
                                direction, samples.domains(), samples.shapeB().getShape());
                export(trainer, GeneratorExport.folder(direction), translation);
            }
            LossChart.draw(folder.resolve(RunFolder.METRICS), folder.resolve(RunFolder.LOSSES));
        } catch (IOException e) {
            throw unwritten(trainer, e);
        }
    }

    private TrainingException unwritten(GanTrainer trainer, IOException e) {
        return new TrainingException(
                "The results of step %d could not be written to '%s': %s. The checkpoint is there; free some space and resume."
                        .formatted(trainer.getStep(), folder, Reasons.of(e)),
                e);
    }

    private void export(GanTrainer trainer, String name, GeneratorExport.Translation translation)
            throws IOException {
        var config = run.getConfig();
        var description =
                new GeneratorExport.Description(
                        config.variant(),
                        config.settings(),
                        run.getDataset().getSampleShape().getShape(),
                        run.getDataset().getClassNames(),
                        translation);
        GeneratorExport.write(folder.resolve(name), trainer, description);
    }
}
