package io.github.gan4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gan4j.loss.NonSaturatingLoss;
import io.github.gan4j.loss.WassersteinLoss;
import io.github.gan4j.penalty.R1Penalty;
import io.github.gan4j.strategy.AlternatingStrategy;
import org.junit.jupiter.api.Test;

class ComponentNamesTest {

    /** Called as its suffix is. */
    private static final class Loss {}

    private static final class Focal2dLoss {}

    @Test
    void should_drop_the_suffix_and_hyphenate() {
        assertThat(ComponentNames.of(WassersteinLoss.class, "Loss")).isEqualTo("wasserstein");
        assertThat(ComponentNames.of(NonSaturatingLoss.class, "Loss")).isEqualTo("non-saturating");
        assertThat(ComponentNames.of(AlternatingStrategy.class, "Strategy"))
                .isEqualTo("alternating");
        assertThat(ComponentNames.of(Focal2dLoss.class, "Loss")).isEqualTo("focal2d");
    }

    @Test
    void should_keep_a_name_that_has_another_suffix_or_is_nothing_else() {
        assertThat(ComponentNames.of(R1Penalty.class, "Loss")).isEqualTo("r1-penalty");
        assertThat(ComponentNames.of(Loss.class, "Loss")).isEqualTo("loss");
    }
}
