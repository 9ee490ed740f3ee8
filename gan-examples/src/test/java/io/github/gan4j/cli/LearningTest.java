package io.github.gan4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.github.gan4j.data.DatasetOptions;
import io.github.gan4j.data.Datasets;
import io.github.gan4j.data.SampleDataset;
import io.github.gan4j.run.TrainedGenerator;
import io.github.gan4j.torch.Torch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A short training moves what is generated towards the data. */
class LearningTest {

    private static final int SAMPLES = 200;

    /** Below this, a pixel in [-1, 1] counts as dark. */
    private static final double DARK = -0.75;

    @TempDir Path temp;

    private record Statistics(double mean, double deviation, double dark) {

        static Statistics of(float[] pixels) {
            double sum = 0;
            double squares = 0;
            int dark = 0;
            for (float pixel : pixels) {
                sum += pixel;
                squares += (double) pixel * pixel;
                dark += pixel < DARK ? 1 : 0;
            }
            double mean = sum / pixels.length;
            double deviation = Math.sqrt(squares / pixels.length - mean * mean);
            return new Statistics(mean, deviation, (double) dark / pixels.length);
        }
    }

    @Test
    void should_draw_more_like_the_data_after_a_short_training() throws IOException {
        Statistics data = ofDigits();
        Statistics untrained = ofGenerated(1);
        Statistics trained = ofGenerated(150);

        assertThat(Math.abs(trained.mean() - data.mean()))
                .as("mean: data %s, untrained %s, trained %s", data, untrained, trained)
                .isLessThan(0.6 * Math.abs(untrained.mean() - data.mean()));
        assertThat(Math.abs(trained.deviation() - data.deviation()))
                .as("deviation: data %s, untrained %s, trained %s", data, untrained, trained)
                .isLessThan(0.8 * Math.abs(untrained.deviation() - data.deviation()));
        assertThat(untrained.dark()).isZero();
        assertThat(trained.dark())
                .as("dark: data %s, untrained %s, trained %s", data, untrained, trained)
                .isBetween(0.01, data.dark() + 0.1);
    }

    private static Statistics ofDigits() throws IOException {
        SampleDataset digits = Datasets.open("digits", DatasetOptions.defaults());
        try (NDManager manager = Torch.newManager()) {
            NDList samples = new NDList();
            for (int i = 0; i < SAMPLES; i++) {
                samples.add(digits.get(manager, i).getData().head());
            }
            return Statistics.of(ai.djl.ndarray.NDArrays.stack(samples).toFloatArray());
        }
    }

    private Statistics ofGenerated(int steps) {
        Path run = temp.resolve("run-" + steps);
        List<String> train = List.of("train", "dcgan", "--batch-size", "32", "--out", run + "");
        InProcess.run(
                        train,
                        "--steps",
                        steps + "",
                        "--set",
                        "generatorFilters=16",
                        "--set",
                        "discriminatorFilters=16",
                        "--set",
                        "generatorLearningRate=1e-3",
                        "--set",
                        "discriminatorLearningRate=5e-4",
                        "--set",
                        "movingAverage=0.9")
                .done();
        try (NDManager manager = Torch.newManager();
                TrainedGenerator generator = TrainedGenerator.open(run)) {
            return Statistics.of(generator.generate(manager, SAMPLES, 1).toFloatArray());
        }
    }
}
