package io.github.gan4j.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.training.dataset.Batch;
import io.github.gan4j.InvalidInputException;
import io.github.gan4j.data.DatasetOptions;
import io.github.gan4j.data.Datasets;
import io.github.gan4j.data.EpochSampler;
import io.github.gan4j.data.SampleDataset;
import io.github.gan4j.torch.Torch;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LimitTest {

    private static SampleDataset digits(Integer limit) throws Exception {
        return Datasets.open("digits", DatasetOptions.defaults().withLimit(limit));
    }

    /** Counts the samples of an epoch by their pixels; tells the class of each. */
    private static Map<Integer, Long> epoch(SampleDataset dataset, long seed) throws Exception {
        Map<Integer, Long> found = new HashMap<>();
        try (NDManager manager = Torch.newManager()) {
            for (Batch batch : dataset.getData(manager, new EpochSampler(seed, 0, 20))) {
                long[] labels =
                        batch.getLabels().head().toType(DataType.INT64, false).toLongArray();
                for (int i = 0; i < labels.length; i++) {
                    float[] pixels = batch.getData().head().get(i).toFloatArray();
                    found.put(Arrays.hashCode(pixels), labels[i]);
                }
                batch.close();
            }
        }
        return found;
    }

    @Test
    void should_take_the_same_samples_in_every_run() throws Exception {
        SampleDataset some = digits(200);
        assertThat(some.size()).isEqualTo(200);
        Map<Integer, Long> first = epoch(some, 1);
        assertThat(first).hasSize(200).isEqualTo(epoch(digits(200), 2));
        // They are random ones of the whole set: of all classes, with their labels.
        assertThat(first.values().stream().distinct()).hasSize(10);
        Map<Integer, Long> all = epoch(digits(null), 1);
        assertThat(all).hasSizeGreaterThan(9900).containsAllEntriesOf(first);
    }

    @Test
    void should_read_single_samples_too() throws Exception {
        try (NDManager manager = Torch.newManager()) {
            SampleDataset some = digits(50);
            int pixels = Arrays.hashCode(some.get(manager, 49).getData().head().toFloatArray());
            assertThat(epoch(digits(null), 1)).containsKey(pixels);
        }
    }

    @Test
    void should_leave_smaller_sets_and_test_samples_alone() throws Exception {
        assertThat(digits(1_000_000).size()).isEqualTo(10_000);
        DatasetOptions options = DatasetOptions.defaults().withLimit(50).withTest(true);
        assertThat(Datasets.open("digits", options).size()).isEqualTo(10_000);
    }

    @Test
    void should_refuse_what_cannot_be_limited() {
        assertThatThrownBy(() -> digits(1))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("A data set of 1 samples is too small: use a limit of 2 or more.");
        DatasetOptions options = DatasetOptions.defaults().withLimit(50);
        assertThatThrownBy(() -> Datasets.open("ring", options))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "'ring' cannot be limited: only sets of pictures of one domain can. Leave --limit out.");
    }
}
