package io.github.gan4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NamesTest {

    @Test
    void should_find_the_nearest_name() {
        List<String> names = List.of("mnist", "digits", "fashion-mnist");
        assertThat(Names.nearest("digit", names)).isEqualTo("digits");
        assertThat(Names.nearest("MNITS", names)).isEqualTo("mnist");
        assertThat(Names.nearest("fashon-mnist", names)).isEqualTo("fashion-mnist");
    }

    @Test
    void should_prefer_the_alphabetically_first_of_equals() {
        assertThat(Names.nearest("x", List.of("c", "a", "b"))).isEqualTo("a");
    }

    @Test
    void should_find_nothing_among_no_names() {
        assertThat(Names.nearest("digits", List.of())).isNull();
    }

    @Test
    void should_count_a_swap_as_one_slip() {
        assertThat(Names.distance("", "abc")).isEqualTo(3);
        assertThat(Names.distance("hinge", "hnige")).isEqualTo(1);
        assertThat(Names.distance("kitten", "sitting")).isEqualTo(3);
    }
}
