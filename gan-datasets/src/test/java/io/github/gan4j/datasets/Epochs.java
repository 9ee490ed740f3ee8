package io.github.gan4j.datasets;

import ai.djl.ndarray.NDManager;
import ai.djl.training.dataset.Batch;
import ai.djl.training.dataset.Sampler;
import io.github.gan4j.data.TranslationDataset;
import io.github.gan4j.torch.Torch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads whole epochs of two domains. */
final class Epochs {

    private Epochs() {}

    /** A sample: its number, and its values in both domains. */
    record Sample(long index, List<Float> a, List<Float> b) {}

    static List<Sample> read(TranslationDataset dataset, Sampler sampler) throws Exception {
        List<Sample> samples = new ArrayList<>();
        try (NDManager manager = Torch.newManager()) {
            for (Batch batch : dataset.getData(manager, sampler)) {
                try (batch) {
                    float[] a = batch.getData().get(0).toFloatArray();
                    float[] b = batch.getData().get(1).toFloatArray();
                    int size = batch.getSize();
                    for (int i = 0; i < size; i++) {
                        long index = (Long) batch.getIndices().get(i);
                        samples.add(new Sample(index, part(a, i, size), part(b, i, size)));
                    }
                }
            }
        }
        return samples;
    }

    /** The byte that a value in [-1, 1] stands for. */
    static int toByte(float value) {
        return Math.round((value + 1) * 127.5f);
    }

    private static List<Float> part(float[] values, int i, int count) {
        int length = values.length / count;
        Float[] part = new Float[length];
        Arrays.setAll(part, j -> values[i * length + j]);
        return List.of(part);
    }
}
