package io.github.gan4j;

import static io.github.gan4j.TestSupport.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDManager;
import io.github.gan4j.loss.NonSaturatingLoss;
import io.github.gan4j.optim.Adam;
import io.github.gan4j.optim.Optimizer;
import io.github.gan4j.optim.RmsProp;
import io.github.gan4j.optim.Sgd;
import io.github.gan4j.run.CheckpointStore;
import io.github.gan4j.strategy.AlternatingStrategy;
import io.github.gan4j.strategy.ExtraGradientStrategy;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A training that was stopped in its midst goes on as if it had not been: with each strategy, with
 * penalties that remember, draw numbers or sleep for some updates, with labels that are flipped,
 * and with learning rates that change.
 */
class ResumeTest {

    /** Stopped at a step that no interval divides. */
    private static final long STOP = 3;

    private static final long END = 7;

    @TempDir private Path folder;

    private final NDManager manager = TestSupport.newManager();
    private int folders;

    @AfterEach
    void close() {
        manager.close();
    }

    static List<String> strategies() {
        return Stream.concat(
                        Components.list(TrainingStrategy.class).stream().map(Component::getName),
                        Stream.of("alternating:critic=2,fresh=true"))
                .toList();
    }

    static List<String> penalties() {
        List<String> specs = new ArrayList<>();
        for (Penalty penalty : Components.list(Penalty.class)) {
            specs.add(penalty.getName());
            if (!penalty.isConstraint()) {
                specs.add(penalty.getName() + ":interval=2");
            }
        }
        return specs;
    }

    static List<String> schedules() {
        return List.of("linear-decay:from=2,to=9", "cosine=9", "warm-up=5", "half-life=2");
    }

    @ParameterizedTest
    @MethodSource("strategies")
    void should_be_exact_with_each_strategy_and_a_memory(String spec) {
        check(
                TinyGames.imageGame(1)
                        .optMovingAverage(0.9)
                        .addPenalty(parse("lecam=1:decay=0.5"))
                        .addPenalty(parse("r1=1:interval=4")),
                Components.parse(TrainingStrategy.class, spec));
    }

    @ParameterizedTest
    @MethodSource("penalties")
    void should_be_exact_with_each_penalty(String spec) {
        check(TinyGames.imageGame(1).addPenalty(parse(spec)), new AlternatingStrategy(2));
    }

    @ParameterizedTest
    @MethodSource("schedules")
    void should_be_exact_with_each_schedule(String spec) {
        List<Schedule> schedules =
                List.of(
                        Components.parse(Schedule.class, spec),
                        Components.parse(Schedule.class, "warm-up=4"));
        Adam adam = Adam.builder().optLearningRate(Schedule.toTracker(0.01, schedules)).build();
        check(
                TinyGames.game().optGeneratorOptimizer(adam).optDiscriminatorOptimizer(adam),
                new AlternatingStrategy(2));
    }

    @Test
    void should_be_exact_with_flipped_labels() {
        check(
                TinyGames.imageGame(1).optLoss(new NonSaturatingLoss(0.9f, 0.3f)),
                new ExtraGradientStrategy());
    }

    @Test
    void should_be_exact_with_each_optimiser() {
        for (Optimizer optimizer :
                List.of(
                        RmsProp.builder().optLearningRate(0.01).build(),
                        Sgd.builder().optLearningRate(0.01).optMomentum(0.9).build())) {
            check(
                    TinyGames.game()
                            .optGeneratorOptimizer(optimizer)
                            .optDiscriminatorOptimizer(optimizer),
                    new ExtraGradientStrategy());
        }
    }

    private static Penalty parse(String spec) {
        String small = spec.startsWith("consistency") ? ",shift=2" : "";
        boolean options = spec.contains(":");
        return Components.parse(
                Penalty.class,
                small.isEmpty() || options ? spec + small : spec + ":" + small.substring(1));
    }

    private void check(Gan.Builder game, TrainingStrategy strategy) {
        Map<String, ByteBuffer> straight;
        try (GanTrainer trainer = trainer(game, strategy)) {
            trainer.train(END);
            straight = bytes(trainer.getArrays());
        }
        CheckpointStore store = new CheckpointStore(folder.resolve("" + folders++), 1);
        try (GanTrainer trainer = trainer(game, strategy)) {
            trainer.train(STOP);
            store.save(trainer, Map.of());
        }
        try (GanTrainer trainer = trainer(game, strategy)) {
            trainer.train(1); // nothing of this is to matter
            store.loadLatest().orElseThrow().restore(trainer);
            assertThat(trainer.getStep()).isEqualTo(STOP);
            assertThat(bytes(trainer.getArrays())).isNotEqualTo(straight);
            trainer.train(END);

            assertThat(bytes(trainer.getArrays())).isEqualTo(straight);
        }
    }

    private GanTrainer trainer(Gan.Builder game, TrainingStrategy strategy) {
        Gan gan = game.build();
        long[] shape = gan.getDiscriminator().getSampleShape().getShape();
        return TinyGames.trainer(gan, TinyGames.data(manager, 16, shape))
                .optStrategy(strategy)
                .build();
    }
}
