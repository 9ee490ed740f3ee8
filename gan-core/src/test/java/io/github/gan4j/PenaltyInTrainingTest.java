package io.github.gan4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.github.gan4j.loss.WassersteinLoss;
import io.github.gan4j.optim.Adam;
import io.github.gan4j.penalty.GradientPenalty;
import io.github.gan4j.penalty.R1Penalty;
import io.github.gan4j.torch.Operators;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PenaltyInTrainingTest {

    private final NDManager manager = TestSupport.newManager();

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void should_apply_a_lazy_penalty_every_so_many_steps_and_so_many_times_as_heavy() {
        List<StepReport> eager = train(3, 1, new R1Penalty(2));
        List<StepReport> lazy = train(3, 9, new R1Penalty(2, 4));

        for (int i = 0; i < 9; i++) {
            boolean due = i % 4 == 0;
            assertThat(lazy.get(i).values().containsKey("discriminator/r1"))
                    .as("step " + (i + 1))
                    .isEqualTo(due);
        }
        float once = eager.get(0).values().get("discriminator/r1");
        assertThat(once).isPositive();
        assertThat(lazy.get(0).values().get("discriminator/r1"))
                .isEqualTo(4 * once, within(4 * once * 1e-5f));
    }

    @Test
    void should_report_each_penalty_beside_the_loss() {
        List<StepReport> reports = train(3, 2, new R1Penalty(1), new GradientPenalty(10));

        assertThat(reports.get(1).values().keySet())
                .containsExactly(
                        "discriminator/loss",
                        "discriminator/r1",
                        "discriminator/gp",
                        "discriminator/D(real)",
                        "discriminator/D(fake)",
                        "generator/loss");
    }

    /**
     * Images of three channels, a critic with batch norm. The loss pulls the slope up and the
     * penalty pulls it to one, so it comes to rest near one only where the penalty is the heavier:
     * at the weight of the paper. One that weighs next to nothing measures the slope all the same,
     * and lets it run away.
     */
    @Test
    void should_bring_the_slope_of_a_critic_to_one() {
        List<Float> held = excess(10);
        List<Float> free = excess(1e-4f);

        double first = held.get(0);
        assertThat(free.get(0)).isEqualTo(held.get(0), within(1e-3f));
        assertThat(mean(held.subList(40, 60))).isLessThan(first / 20);
        assertThat(mean(free.subList(40, 60))).isGreaterThan(first);
    }

    static Stream<String> penalties() {
        return Components.list(Penalty.class).stream()
                .map(Component::getName)
                .map(name -> name.equals("consistency") ? name + ":shift=2" : name);
    }

    /** The loss says nothing: it is the penalty that moves the critic, and it moves no one else. */
    @ParameterizedTest
    @MethodSource("penalties")
    void should_move_the_critic_and_no_one_else(String spec) {
        Gan gan =
                TinyGames.imageGame(3)
                        .optLoss(new Indifferent())
                        .addPenalty(Components.parse(Penalty.class, spec))
                        .optGeneratorOptimizer(TinyGames.descent(0.1f))
                        .optDiscriminatorOptimizer(TinyGames.descent(0.1f))
                        .build();
        try (GanTrainer trainer =
                TinyGames.trainer(gan, TinyGames.data(manager, 24, 3, 8, 8)).build()) {
            Map<String, ByteBuffer> before = TestSupport.bytes(trainer.getArrays());
            trainer.train(1);
            Map<String, ByteBuffer> after = TestSupport.bytes(trainer.getArrays());
            before.keySet().removeIf(name -> !name.endsWith("weight"));

            assertThat(before).hasSize(5);
            before.forEach(
                    (name, weight) ->
                            assertThat(after.get(name).equals(weight))
                                    .as(name + " is what it was")
                                    .isEqualTo(name.startsWith("weights/generator/")));
        }
    }

    /** A loss without a slope. */
    private record Indifferent() implements Loss {
        @Override
        public NDArray discriminatorLoss(NDArray real, NDArray fake) {
            return Operators.scale(real.mean().add(fake.mean()), 0);
        }

        @Override
        public NDArray generatorLoss(NDArray real, NDArray fake) {
            return Operators.scale(fake.mean(), 0);
        }
    }

    /** The mean of (slope - 1)^2 at each step, whatever its weight. */
    private List<Float> excess(float weight) {
        return train(3, 60, new GradientPenalty(weight)).stream()
                .map(report -> report.values().get("discriminator/gp") / weight)
                .toList();
    }

    private static double mean(List<Float> values) {
        return values.stream().mapToDouble(Float::doubleValue).average().orElseThrow();
    }

    private List<StepReport> train(int channels, long steps, Penalty... penalties) {
        Gan.Builder game =
                TinyGames.imageGame(channels)
                        .optLoss(new WassersteinLoss())
                        .optDiscriminatorOptimizer(Adam.builder().optLearningRate(5e-3).build());
        for (Penalty penalty : penalties) {
            game.addPenalty(penalty);
        }
        List<StepReport> reports = new ArrayList<>();
        try (GanTrainer trainer =
                TinyGames.trainer(game.build(), TinyGames.data(manager, 24, channels, 8, 8))
                        .addListener(TrainingListener.ofReports(reports::add))
                        .build()) {
            trainer.train(steps);
        }
        return reports;
    }
}
