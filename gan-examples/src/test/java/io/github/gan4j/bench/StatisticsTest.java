package io.github.gan4j.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class StatisticsTest {

    @Test
    void should_take_the_middle_of_an_odd_number_of_values() {
        assertThat(Statistics.of(9, 1, 4)).isEqualTo(new Statistics(4, 1, 9));
    }

    @Test
    void should_take_the_mean_of_the_two_in_the_middle_of_an_even_number() {
        assertThat(Statistics.of(List.of(8.0, 1.0, 4.0, 5.0))).isEqualTo(new Statistics(4.5, 1, 8));
    }

    @Test
    void should_describe_a_single_value() {
        assertThat(Statistics.of(3)).isEqualTo(new Statistics(3, 3, 3));
    }

    @Test
    void should_leave_the_values_in_their_order() {
        double[] values = {3, 1, 2};
        Statistics.of(values);
        assertThat(values).containsExactly(3, 1, 2);
    }

    @Test
    void should_refuse_no_values() {
        assertThatIllegalArgumentException().isThrownBy(() -> Statistics.of());
    }
}
