package io.github.gan4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.gan4j.penalty.R1Penalty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ComponentsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "r1=5,interval=4",
                "r1=5:interval=4",
                "r1:weight=5,interval=4",
                "r1:interval=4,weight=5",
                " r1 = 5 , interval = 4 "
            })
    void should_read_a_component_however_it_is_written(String spec) {
        assertThat(Components.parse(Penalty.class, spec)).isEqualTo(new R1Penalty(5, 4));
    }

    @Test
    void should_read_what_it_writes() {
        Penalty penalty = new R1Penalty(0.5f, 16);
        assertThat(Components.parse(Penalty.class, Components.describe(penalty)))
                .isEqualTo(penalty);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "r1=much | The option weight of the penalty r1 is 'much'; it must be a number.",
                "r1=5,intervall=4 | The penalty r1 has no option 'intervall'; did you mean 'interval'?",
                "r1,4 | The penalty r1 has no option '4'",
                "r11 | There is no penalty 'r11'; did you mean 'r1'?",
                "=5 | The penalty '=5' has no name",
            })
    void should_say_what_is_wrong(String spec, String message) {
        assertThatThrownBy(() -> Components.parse(Penalty.class, spec))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(message);
    }
}
