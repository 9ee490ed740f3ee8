package io.github.gan4j.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class TranslationEvaluationTest {

    @Test
    void should_look_at_all_pictures_or_at_as_many_as_fit_at_equal_distances() {
        assertThat(TranslationEvaluation.choose(4, 100)).containsExactly(0, 1, 2, 3);
        assertThat(TranslationEvaluation.choose(10, 4)).containsExactly(0, 2, 5, 7);
        int[] many = TranslationEvaluation.choose(3_000_000_000L / 2, 1_000);
        assertThat(many).hasSize(1_000).doesNotHaveDuplicates();
        assertThat(Arrays.stream(many).min().orElseThrow()).isZero();
    }
}
