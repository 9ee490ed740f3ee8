package io.github.gan4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.dataset.Batch;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Data sets without random access, whose size is known only when they have been read once. */
class BatchStreamTest {

    private final NDManager manager = TestSupport.newManager();

    @AfterEach
    void close() {
        manager.close();
    }

    /** As many batches as asked for, each of its number. */
    private ListedDataset data(int count) {
        NDArray[] batches = new NDArray[count];
        for (int i = 0; i < count; i++) {
            batches[i] = manager.ones(new Shape(4, 3)).mul(i);
        }
        return new ListedDataset(batches);
    }

    private BatchStream stream(int count) {
        return new BatchStream(data(count), manager, 4, 5);
    }

    private static List<Float> read(BatchStream stream, int count) {
        List<Float> seen = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            try (Batch batch = stream.next()) {
                seen.add(batch.getData().head().getFloat(0, 0));
            }
        }
        return seen;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 6, 7})
    void should_go_on_from_any_position_as_if_never_stopped(int position) {
        List<Float> straight;
        try (BatchStream stream = stream(3)) {
            straight = read(stream, 10);
        }
        try (BatchStream resumed = stream(3)) {
            resumed.setPosition(position);

            assertThat(read(resumed, 10 - position))
                    .isEqualTo(straight.subList(position, straight.size()));
            assertThat(resumed.getBatchesPerEpoch()).isEqualTo(3);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3})
    void should_refuse_a_data_set_that_is_empty_or_has_become_so(int position) {
        try (BatchStream stream = stream(0)) {
            stream.setPosition(position);

            assertThatThrownBy(stream::next)
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessage("The data set gave no batch; check its batch size and its files.");
        }
    }
}
