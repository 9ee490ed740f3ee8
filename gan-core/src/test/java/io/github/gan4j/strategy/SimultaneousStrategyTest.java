package io.github.gan4j.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SimultaneousStrategyTest {

    @Test
    void should_compute_all_gradients_before_anybody_moves() {
        RecordedGame game = new RecordedGame();

        new SimultaneousStrategy().step(game);

        assertThat(game.moves)
                .containsExactly(
                        "round shared",
                        "gradients d1",
                        "gradients d2",
                        "gradients g1",
                        "gradients g2",
                        "move d1",
                        "move d2",
                        "move g1",
                        "move g2");
    }

    @Test
    void should_have_the_name_that_users_call_it_by() {
        assertThat(new SimultaneousStrategy().getName()).isEqualTo("simultaneous");
    }
}
