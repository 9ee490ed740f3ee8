package io.github.gan4j.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.gan4j.InvalidInputException;
import io.github.gan4j.TestSupport;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FeaturesTest {

    @Test
    void should_grow_to_the_same_values_however_they_are_batched() {
        Features whole = Samples.normal(501, 3, 0, 1, 1);
        Features.Builder one = Features.builder(3);
        Features.Builder uneven = Features.builder(3);
        for (int row = 0; row < 501; row++) {
            one.add(whole.row(row));
        }
        uneven.add(Arrays.copyOf(whole.values(), 300 * 3));
        uneven.add(Arrays.copyOfRange(whole.values(), 300 * 3, 501 * 3));

        assertThat(one.build().values()).isEqualTo(whole.values());
        assertThat(uneven.build().values()).isEqualTo(whole.values());
    }

    @Test
    void should_flatten_arrays() {
        try (NDManager manager = TestSupport.newManager()) {
            NDArray array = manager.arange(24f).reshape(2, 3, 2, 2);

            Features features = Features.of(array);

            assertThat(features.getCount()).isEqualTo(2);
            assertThat(features.getSize()).isEqualTo(12);
            assertThat(features.get(1, 5)).isEqualTo(17);
            assertThatThrownBy(() -> Features.of(manager.create(new Shape(0, 3))))
                    .isInstanceOf(InvalidInputException.class);
        }
    }

    @Test
    void should_name_the_row_if_a_value_is_not_finite() {
        float[][] rows = {{1, 2}, {3, 4}, {5, Float.NaN}};
        assertThatThrownBy(() -> Features.of(rows))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("Feature 1 of sample 2 is NaN");

        Features.Builder builder = Features.builder(1).add(1, 2, 3);
        assertThatThrownBy(() -> builder.add(4, Float.NEGATIVE_INFINITY))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("sample 4 is -Infinity");
    }

    @Test
    void should_refuse_rows_that_are_missing_or_not_whole() {
        assertThatThrownBy(() -> Features.builder(2).build())
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("no samples");
        assertThatThrownBy(() -> Features.of(2, 1, 2, 3)).isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> Features.of(new float[][] {{1, 2}, {3}}))
                .isInstanceOf(InvalidInputException.class);
    }

    @Test
    void should_scale_rows_to_unit_length_but_leave_zeros() {
        Features unit = Features.of(2, 3, 4, 0, 0, -1e-20f, 0).normalized();

        assertThat(unit.get(0, 0)).isCloseTo(0.6f, within(1e-7f));
        assertThat(unit.get(0, 1)).isCloseTo(0.8f, within(1e-7f));
        assertThat(unit.row(1)).containsExactly(0, 0);
        assertThat(unit.row(2)).containsExactly(-1, 0);
    }

    @Test
    void should_draw_subsets_at_random_by_seed() {
        float[] values = new float[1000];
        for (int i = 0; i < 1000; i++) {
            values[i] = i;
        }
        Features all = Features.of(1, values);

        float[] drawn = all.subset(200, 7).values();

        assertThat(all.subset(200, 7).values()).isEqualTo(drawn);
        assertThat(all.subset(200, 8).values()).isNotEqualTo(drawn);
        Set<Float> different = new HashSet<>();
        double sum = 0;
        for (float value : drawn) {
            different.add(value);
            sum += value;
        }
        assertThat(different).hasSize(200);
        // From all of the rows, not the first: four standard errors about the mean.
        assertThat(sum / 200).isCloseTo(499.5, within(75.0));
        assertThatThrownBy(() -> all.subset(1001, 1))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("1001 samples are wanted but there are 1000");
    }

    @Test
    void should_find_the_first_largest_value() {
        assertThat(Features.of(3, 1, 2, 0, 5, 5, 4, -3, -2, -1).argMax()).containsExactly(1, 0, 2);
    }
}
