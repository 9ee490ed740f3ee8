package io.github.gan4j.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.dataset.Record;
import io.github.gan4j.InvalidInputException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EpochSamplerTest {

    @Test
    void should_visit_every_sample_once() {
        List<Long> order = flatten(sample(100, new EpochSampler(7, 0, 10)));
        assertThat(order)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, 100).mapToObj(i -> (long) i).toList());
        assertThat(order).isNotEqualTo(order.stream().sorted().toList());
    }

    @Test
    void should_drop_the_last_partial_batch() {
        List<List<Long>> batches = sample(103, new EpochSampler(7, 0, 10));
        assertThat(batches).hasSize(10).allSatisfy(batch -> assertThat(batch).hasSize(10));
    }

    @Test
    void should_depend_on_nothing_but_seed_and_epoch() {
        List<Long> order = flatten(sample(60, new EpochSampler(7, 3, 10)));
        assertThat(flatten(sample(60, new EpochSampler(7, 3, 10)))).isEqualTo(order);
        assertThat(flatten(sample(60, new EpochSampler(7, 3, 20)))).isEqualTo(order);
        assertThat(flatten(sample(60, new EpochSampler(7, 4, 10)))).isNotEqualTo(order);
        assertThat(flatten(sample(60, new EpochSampler(8, 3, 10)))).isNotEqualTo(order);
    }

    @Test
    void should_keep_its_order_for_ever() {
        // Written down when first run: if this fails, no run of an earlier version resumes exactly.
        assertThat(EpochSampler.permutation(42, 10)).containsExactly(8, 1, 7, 5, 6, 0, 2, 9, 4, 3);
    }

    @Test
    void should_place_every_sample_everywhere() {
        int[][] counts = new int[5][5];
        for (int seed = 0; seed < 5000; seed++) {
            int[] order = EpochSampler.permutation(seed, 5);
            for (int i = 0; i < 5; i++) {
                counts[i][order[i]]++;
            }
        }
        // The expectation is 1000 with a standard deviation of 28.
        for (int[] row : counts) {
            for (int count : row) {
                assertThat(count).isBetween(860, 1140);
            }
        }
    }

    @Test
    void should_resume_with_the_tail_of_the_epoch() {
        List<List<Long>> whole = sample(95, new EpochSampler(7, 2, 10));
        assertThat(sample(95, new EpochSampler(7, 2, 10, 4))).isEqualTo(whole.subList(4, 9));
        assertThat(sample(95, new EpochSampler(7, 2, 10, 9))).isEmpty();
    }

    @Test
    void should_count_full_batches() {
        assertThat(EpochSampler.batchesPerEpoch(100, 10)).isEqualTo(10);
        assertThat(EpochSampler.batchesPerEpoch(109, 10)).isEqualTo(10);
        assertThat(EpochSampler.batchesPerEpoch(10, 10)).isEqualTo(1);
    }

    @Test
    void should_fail_if_batch_size_is_larger_than_the_data() {
        assertThatThrownBy(() -> EpochSampler.batchesPerEpoch(10, 64))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "Batch size 64 is larger than the data set, which has 10 samples:"
                                + " use a batch size of at most 10, or more data.");
    }

    @Test
    void should_fail_if_batch_size_is_less_than_one() {
        assertThatThrownBy(() -> EpochSampler.batchesPerEpoch(10, 0))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("Batch size 0 is too small: use a batch size of at least 1.");
        assertThatThrownBy(() -> new EpochSampler(1, 0, -3))
                .isInstanceOf(InvalidInputException.class);
    }

    @Test
    void should_fail_if_more_is_skipped_than_there_is() {
        assertThatThrownBy(() -> sample(20, new EpochSampler(1, 0, 10, 3)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("Cannot skip 3 batches of an epoch of 2");
        assertThatThrownBy(() -> new EpochSampler(1, 0, 10, -1))
                .isInstanceOf(InvalidInputException.class);
    }

    @Test
    void should_fail_if_asked_beyond_the_end() {
        Iterator<List<Long>> batches = new EpochSampler(1, 0, 10, 1).sample(new Numbers(10));
        assertThat(batches.hasNext()).isFalse();
        assertThatThrownBy(batches::next).isInstanceOf(NoSuchElementException.class);
    }

    private static List<List<Long>> sample(int size, EpochSampler sampler) {
        List<List<Long>> batches = new ArrayList<>();
        sampler.sample(new Numbers(size)).forEachRemaining(batches::add);
        return batches;
    }

    private static List<Long> flatten(List<List<Long>> batches) {
        return batches.stream().flatMap(List::stream).toList();
    }

    private static final class Numbers extends SampleDataset {

        private final int size;

        Numbers(int size) {
            super("numbers", new Shape(1), List.of());
            this.size = size;
        }

        @Override
        public Record get(NDManager manager, long index) {
            throw new UnsupportedOperationException("Sampling reads no sample.");
        }

        @Override
        protected long availableSize() {
            return size;
        }
    }
}
