package io.github.gan4j.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.gan4j.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AlternatingStrategyTest {

    private final RecordedGame game = new RecordedGame();

    @Test
    void should_move_each_player_once_in_a_shared_round() {
        new AlternatingStrategy().step(game);

        assertThat(game.moves)
                .containsExactly(
                        "round shared",
                        "gradients d1",
                        "move d1",
                        "gradients d2",
                        "move d2",
                        "gradients g1",
                        "move g1",
                        "gradients g2",
                        "move g2");
    }

    @Test
    void should_move_the_discriminators_first_whatever_the_order_of_the_players() {
        new AlternatingStrategy().step(new RecordedGame("g1", "d1").keep(game));

        assertThat(game.moves)
                .containsExactly(
                        "round shared", "gradients d1", "move d1", "gradients g1", "move g1");
    }

    @Test
    void should_draw_a_batch_for_each_discriminator_step_and_share_the_last() {
        AlternatingStrategy strategy = new AlternatingStrategy(3);

        strategy.step(new RecordedGame("d1", "g1").keep(game));

        assertThat(game.moves)
                .containsExactly(
                        "round",
                        "gradients d1",
                        "move d1",
                        "round",
                        "gradients d1",
                        "move d1",
                        "round shared",
                        "gradients d1",
                        "move d1",
                        "gradients g1",
                        "move g1");
        assertThat(strategy.getBatchesPerStep()).isEqualTo(3);
    }

    @Test
    void should_draw_a_batch_of_its_own_for_the_generator_if_latents_are_fresh() {
        AlternatingStrategy strategy = new AlternatingStrategy(1, true);

        strategy.step(new RecordedGame("d1", "g1").keep(game));

        assertThat(game.moves)
                .containsExactly(
                        "round", "gradients d1", "move d1", "round", "gradients g1", "move g1");
        assertThat(strategy.getBatchesPerStep()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1})
    void should_refuse_less_than_one_discriminator_step(int steps) {
        assertThatThrownBy(() -> new AlternatingStrategy(steps))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("The number of critic steps is " + steps + "; it must be 1 or more.");
    }

    @Test
    void should_have_the_name_that_users_call_it_by() {
        assertThat(new AlternatingStrategy().getName()).isEqualTo("alternating");
    }
}
