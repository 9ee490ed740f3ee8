package io.github.gan4j.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gan4j.Components;
import io.github.gan4j.TrainingStrategy;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which player moves when, for each strategy. */
class MovesTest {

    private static final Map<String, List<String>> MOVES = new LinkedHashMap<>();

    static {
        MOVES.put(
                "simultaneous",
                List.of("round shared", "gradients d1", "gradients g1", "move d1", "move g1"));
        MOVES.put(
                "alternating",
                List.of("round shared", "gradients d1", "move d1", "gradients g1", "move g1"));
        MOVES.put(
                "alternating:critic=2,fresh=true",
                List.of(
                        "round",
                        "gradients d1",
                        "move d1",
                        "round",
                        "gradients d1",
                        "move d1",
                        "round",
                        "gradients g1",
                        "move g1"));
        MOVES.put(
                "ttur=3",
                List.of("round shared", "gradients d1", "move d1 x3.0", "gradients g1", "move g1"));
        // Both look ahead from the same place, come back, and move by what they saw there.
        MOVES.put(
                "extra-gradient",
                List.of(
                        "round shared",
                        "gradients d1",
                        "gradients g1",
                        "remember",
                        "explore d1",
                        "explore g1",
                        "round shared",
                        "gradients d1",
                        "gradients g1",
                        "restore",
                        "move d1",
                        "move g1"));
        // The discriminator moves for good before its future is imagined.
        MOVES.put(
                "unrolled=2",
                List.of(
                        "round shared",
                        "gradients d1",
                        "move d1",
                        "imagine d1",
                        "imagined gradients d1",
                        "imagine d1",
                        "imagined gradients d1",
                        "imagine d1",
                        "gradients g1",
                        "move g1"));
    }

    static Iterable<String> specs() {
        return MOVES.keySet();
    }

    @ParameterizedTest
    @MethodSource("specs")
    void should_move_in_this_order(String spec) {
        TrainingStrategy strategy = Components.parse(TrainingStrategy.class, spec);
        RecordedGame game = new RecordedGame("d1", "g1");

        strategy.step(game);

        assertThat(game.moves).containsExactlyElementsOf(MOVES.get(spec));
        assertThat(game.moves.stream().filter(move -> move.startsWith("round")))
                .hasSize(strategy.getBatchesPerStep());
    }

    /** Whoever adds a strategy says here who moves when. */
    @Test
    void should_cover_every_strategy() {
        assertThat(MOVES.keySet().stream().map(spec -> spec.split("[=:]")[0]).distinct())
                .containsExactlyInAnyOrderElementsOf(
                        Components.list(TrainingStrategy.class).stream()
                                .map(TrainingStrategy::getName)
                                .toList());
    }
}
