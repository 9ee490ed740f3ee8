package io.github.gan4j;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.dataset.ArrayDataset;
import io.github.gan4j.loss.WassersteinLoss;
import io.github.gan4j.optim.Adam;
import io.github.gan4j.optim.Optimizer;
import io.github.gan4j.optim.Updater;
import io.github.gan4j.penalty.R1Penalty;
import io.github.gan4j.torch.GradMode;
import io.github.gan4j.torch.Operators;
import io.github.gan4j.watch.Symptom;
import io.github.gan4j.watch.Warning;
import io.github.gan4j.watch.Watcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Games that go wrong, each in its way, and one that does not. */
class WatchedGamesTest {

    private final NDManager manager = TestSupport.newManager();

    @AfterEach
    void close() {
        manager.close();
    }

    private List<Warning> play(Gan gan, int steps, float shift) {
        List<Warning> warnings = new ArrayList<>();
        NDArray samples = manager.randomUniform(-1f, 1f, new Shape(64, 3));
        ArrayDataset data =
                new ArrayDataset.Builder()
                        .setData(samples.add(shift))
                        .optLabels(manager.create(new long[64])) // for a game that wants any
                        .setSampling(4, false)
                        .build();
        Watcher watcher =
                Watcher.builder()
                        .optEvery(5)
                        .optDiversity(data, 20)
                        .optListener(warnings::add)
                        .build();
        try (GanTrainer trainer = TinyGames.trainer(gan, data).addListener(watcher).build()) {
            trainer.train(steps);
        }
        return warnings;
    }

    /** Multiplies the weights by a factor in each update, and does nothing else. */
    private static Optimizer scaling(float factor) {
        return parameters ->
                new Updater() {
                    @Override
                    public void update(NDList gradients, long update, long step, double rate) {
                        try (GradMode recording = GradMode.off()) {
                            parameters.forEach(array -> array.muli(factor));
                        }
                    }

                    @Override
                    public Map<String, NDArray> getState() {
                        return Map.of();
                    }
                };
    }

    private static Optimizer adam(double rate) {
        return Adam.builder().optLearningRate((float) rate).build();
    }

    @Test
    void should_say_nothing_of_a_healthy_game() {
        Gan gan =
                TinyGames.game()
                        .addPenalty(new R1Penalty(1))
                        .optGeneratorOptimizer(adam(1e-3))
                        .optDiscriminatorOptimizer(adam(1e-3))
                        .build();
        assertThat(play(gan, 800, 0)).isEmpty();
    }

    /** A second task of no weight. */
    private static final Auxiliary IDLE =
            new Auxiliary() {
                @Override
                public NDArray discriminatorTerm(Round round, NDList real, NDList fake) {
                    return generatorTerm(round, fake);
                }

                @Override
                public NDArray generatorTerm(Round round, NDList fake) {
                    return Operators.scale(fake.head().mean(), 0);
                }

                @Override
                public String getName() {
                    return "idle";
                }
            };

    /** Games, and what to train them with when they collapse: not all can judge packs. */
    static Stream<Arguments> advice() {
        Discriminator packed = new PackedDiscriminator(TinyGames.perceptron(1), 2, new Shape(3));
        return Stream.of(
                Arguments.of(TinyGames.game(), "packing=2 or a penalty"),
                Arguments.of(TinyGames.game().setDiscriminator(packed), "a penalty"),
                Arguments.of(TinyGames.conditionalGame(), "a penalty"),
                Arguments.of(TinyGames.game().addAuxiliary(IDLE), "a penalty"));
    }

    @ParameterizedTest
    @MethodSource("advice")
    void should_tell_of_collapse(Gan.Builder game, String advice) {
        Gan gan =
                game.optGeneratorOptimizer(scaling(0.98f))
                        .optDiscriminatorOptimizer(adam(1e-4))
                        .build();
        List<Warning> warnings = play(gan, 300, 0);
        assertThat(warnings).hasSize(1);
        assertThat(warnings.get(0).symptom()).isEqualTo(Symptom.COLLAPSE);
        assertThat(warnings.get(0).message())
                .matches(
                        "Samples are alike: two of them differ \\d+ % as much as two of the data.*"
                                + " or train anew with "
                                + advice
                                + "\\.");
    }

    @Test
    void should_tell_of_gradients_that_explode() {
        Gan gan =
                TinyGames.game()
                        .setDiscriminator(Discriminator.of(TinyGames.linear(1), new Shape(3)))
                        .optLoss(new WassersteinLoss())
                        .optGeneratorOptimizer(adam(0))
                        .optDiscriminatorOptimizer(scaling(1.05f))
                        .build();
        List<Warning> warnings = play(gan, 350, 0);
        assertThat(warnings).extracting(Warning::symptom).contains(Symptom.EXPLODING_GRADIENT);
        assertThat(warnings.get(0).message()).startsWith("The gradient of the ");
    }

    @Test
    void should_tell_of_a_discriminator_that_is_always_right() {
        Gan gan =
                TinyGames.game()
                        .optGeneratorOptimizer(adam(0))
                        .optDiscriminatorOptimizer(adam(0.05))
                        .build();
        List<Warning> warnings = play(gan, 800, 20);
        assertThat(warnings)
                .extracting(Warning::symptom)
                .containsExactly(Symptom.DISCRIMINATOR_RIGHT);
    }

    @Test
    void should_tell_of_a_discriminator_that_is_always_wrong() {
        Gan gan =
                TinyGames.game()
                        .setDiscriminator(Discriminator.of(TinyGames.linear(1), new Shape(3)))
                        .optLoss(new WassersteinLoss())
                        .optGeneratorOptimizer(adam(0))
                        .optDiscriminatorOptimizer(TinyGames.descent(-0.01f))
                        .build();
        assertThat(play(gan, 700, 2))
                .extracting(Warning::symptom)
                .contains(Symptom.DISCRIMINATOR_WRONG);
    }
}
