package io.github.gan4j.watch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.training.dataset.RandomAccessDataset;
import io.github.gan4j.Gan;
import io.github.gan4j.GanTrainer;
import io.github.gan4j.Seeds;
import java.io.IOException;
import java.io.UncheckedIOException;

/** How different samples are: the mean distance between two of them, over that of the data. */
final class Diversity {

    /** Enough for the mean of 496 distances, and little work. */
    private static final int COUNT = 32;

    private final RandomAccessDataset data;
    private double distance;
    private long[] labels;

    Diversity(RandomAccessDataset data) {
        this.data = data;
    }

    /** Measures the data, once. */
    void open(GanTrainer trainer) {
        if (labels != null) {
            return;
        }
        labels = new long[COUNT];
        float[][] samples = new float[COUNT][];
        try (NDManager manager = trainer.getManager().newSubManager()) {
            for (int i = 0; i < COUNT; i++) {
                var sample = data.get(manager, i * (data.size() - 1) / (COUNT - 1));
                samples[i] = sample.getData().get(0).toFloatArray();
                NDList label = sample.getLabels();
                if (!label.isEmpty() && label.get(0).size() == 1) {
                    labels[i] =
                            (long)
                                    label.get(0)
                                            .toType(ai.djl.ndarray.types.DataType.FLOAT32, false)
                                            .toFloatArray()[0];
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        distance = meanDistance(samples);
    }

    /** Whether there is anything to compare. */
    boolean isKnown(GanTrainer trainer) {
        return distance > 0 && trainer.getGan().getGenerator() != null;
    }

    /** The mean distance between samples of the same latents each time, over that of the data. */
    double measure(GanTrainer trainer) {
        Gan gan = trainer.getGan();
        try (NDManager manager = trainer.getManager().newSubManager()) {
            NDArray latents = trainer.drawLatents(manager, COUNT, Seeds.WATCH);
            NDList conditions = new NDList();
            if (gan.isConditional()) {
                conditions.add(manager.create(labels));
            }
            float[] values = trainer.generate(latents, conditions).toFloatArray();
            int size = values.length / COUNT;
            float[][] samples = new float[COUNT][];
            for (int i = 0; i < COUNT; i++) {
                samples[i] = java.util.Arrays.copyOfRange(values, i * size, (i + 1) * size);
            }
            return meanDistance(samples) / distance;
        }
    }

    private static double meanDistance(float[][] samples) {
        double sum = 0;
        int pairs = 0;
        for (int i = 0; i < samples.length; i++) {
            for (int k = 0; k < i; k++) {
                double squares = 0;
                for (int j = 0; j < samples[i].length; j++) {
                    double gap = samples[i][j] - samples[k][j];
                    squares += gap * gap;
                }
                sum += Math.sqrt(squares);
                pairs++;
            }
        }
        return sum / pairs;
    }
}
