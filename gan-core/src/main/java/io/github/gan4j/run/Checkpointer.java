package io.github.gan4j.run;

import io.github.gan4j.Direction;
import io.github.gan4j.GanTrainer;
import io.github.gan4j.Reasons;
import io.github.gan4j.SampleSpec;
import io.github.gan4j.StepReport;
import io.github.gan4j.TrainingListener;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** Writes a checkpoint, the generator and the plot of the losses every so many steps. */
final class Checkpointer implements TrainingListener {

    /** Where the metadata of a checkpoint hold the configuration that made it. */
    static final String CONFIG = "config";

    private final Run run;
    private final CheckpointStore store;
    private final String contents;
    private final Path folder;
    private long savedStep = -1;

    Checkpointer(Run run, CheckpointStore store, String contents, Path folder) {
        this.run = run;
        this.store = store;
        this.contents = contents;
        this.folder = folder;
    }

    @Override
    public void onStart(GanTrainer trainer, long untilStep) {
        if (trainer.getStep() > 0) {
            savedStep = trainer.getStep();
            export(trainer);
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
        Map<String, String> extra = new TreeMap<>(Map.of(CONFIG, run.getConfig().toYaml()));
        if (!contents.isEmpty()) {
            extra.put(Contents.HASH, contents);
        }
        store.save(trainer, extra);
        savedStep = trainer.getStep();
        export(trainer);
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
            throw new TrainingException(
                    "The results of step %d could not be written to '%s': %s. The checkpoint is there; free some space and resume."
                            .formatted(trainer.getStep(), folder, Reasons.of(e)),
                    e);
        }
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
