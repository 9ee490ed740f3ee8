package org.example.mygan;

import io.github.gan4j.Gan;
import io.github.gan4j.GanTrainer;
import io.github.gan4j.StepReport;
import io.github.gan4j.TrainingListener;
import io.github.gan4j.data.DatasetOptions;
import io.github.gan4j.data.Datasets;
import io.github.gan4j.data.SampleDataset;
import io.github.gan4j.run.SamplePictures;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** Trains with all of this project's own ideas at once, and draws what comes of it. */
public final class TrainFromJava {

    private TrainFromJava() {}

    /**
     * Runs the program.
     *
     * @param args the number of steps, 1000 if none is given, and a folder for the pictures
     */
    public static void main(String[] args) throws IOException {
        long steps = args.length > 0 ? Long.parseLong(args[0]) : 1000;
        Path pictures = Path.of(args.length > 1 ? args[1] : "pictures");
        System.out.println(train(steps, pictures));
    }

    static Map<String, Float> train(long steps, Path pictures) throws IOException {
        SampleDataset digits = Datasets.open("digits", DatasetOptions.defaults());
        PlainConv variant = new PlainConv();
        Gan gan =
                variant.newSettings(digits.getSampleSpec())
                        .optLoss(new SquaredHingeLoss())
                        .optPenalties(new JensenShannonPenalty(2, 4))
                        .optStrategy(new OptimisticStrategy())
                        .build(digits.getSampleSpec());
        LastReport last = new LastReport();
        try (GanTrainer trainer =
                GanTrainer.builder()
                        .setGan(gan)
                        .setDataset(digits)
                        .addListener(new SamplePictures(pictures, 100, 64))
                        .addListener(last)
                        .build()) {
            trainer.train(steps);
        }
        return last.values;
    }

    private static final class LastReport implements TrainingListener {

        private Map<String, Float> values = Map.of();

        @Override
        public void onStep(GanTrainer trainer, StepReport report) {
            values = report.values();
        }
    }
}
