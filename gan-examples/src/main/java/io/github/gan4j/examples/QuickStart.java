package io.github.gan4j.examples;

import io.github.gan4j.Gan;
import io.github.gan4j.GanTrainer;
import io.github.gan4j.data.DatasetOptions;
import io.github.gan4j.data.Datasets;
import io.github.gan4j.data.SampleDataset;
import io.github.gan4j.models.dcgan.Dcgan;
import io.github.gan4j.run.SamplePictures;
import java.io.IOException;
import java.nio.file.Path;

/** The quick start of the README: trains a DCGAN on embedded digits, with pictures. */
public final class QuickStart {

    private QuickStart() {}

    /**
     * Trains.
     *
     * @param args the number of steps, 2000 if there is none, and the folder of the pictures
     * @throws IOException if the data set cannot be read
     */
    public static void main(String[] args) throws IOException {
        int steps = args.length > 0 ? Integer.parseInt(args[0]) : 2000;
        train(steps, Path.of(args.length > 1 ? args[1] : "samples"));
    }

    static void train(int steps, Path pictures) throws IOException {
        // README: quick start
        SampleDataset digits = Datasets.open("digits", DatasetOptions.defaults());
        Gan gan = Dcgan.builder().optGeneratorFilters(32).build(digits.getSampleSpec());
        try (GanTrainer trainer =
                GanTrainer.builder()
                        .setGan(gan)
                        .setDataset(digits)
                        .optSeed(1)
                        .addListener(new SamplePictures(pictures, 100, 64))
                        .build()) {
            trainer.train(steps);
        }
        // README: end
    }
}
