package io.github.gan4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.training.dataset.ArrayDataset;
import ai.djl.training.dataset.Dataset;
import io.github.gan4j.loss.LeastSquaresLoss;
import io.github.gan4j.nn.Conv;
import io.github.gan4j.penalty.R1Penalty;
import io.github.gan4j.strategy.AlternatingStrategy;
import io.github.gan4j.torch.Torch;
import io.github.gan4j.translation.ImagePool;
import io.github.gan4j.translation.TranslationInputs;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A game of two domains, two generators and a pool of past images, on the one loop. */
class TranslationGameTest {

    private static final Shape A = new Shape(1, 6, 6);
    private static final Shape B = new Shape(3, 6, 6);

    private final NDManager manager = TestSupport.newManager();
    private final int threads = Torch.getThreads();

    /** How what the two networks of a player want is added up. */
    private Function<List<Objective>, Objective> adding = Objective::sum;

    /** How many threads an operator may use when the discriminators are moved. */
    private final List<Integer> threadsOfMoves = new ArrayList<>();

    @AfterEach
    void close() {
        Torch.setThreads(threads);
        manager.close();
    }

    private static Block network(int filters, long outputs) {
        return new SequentialBlock()
                .add(conv(filters))
                .add(Activation.tanhBlock())
                .add(conv(outputs));
    }

    private static Block conv(long filters) {
        return Conv.builder()
                .setFilters(filters)
                .setKernelShape(new Shape(3, 3))
                .optPadding(new Shape(1, 1))
                .build();
    }

    private Gan game(int pool) {
        return game(pool, new AlternatingStrategy(), A, B, false, 0.1f);
    }

    private Gan game(
            int pool, TrainingStrategy strategy, Shape a, Shape b, boolean joint, float rate) {
        ImagePool past = new ImagePool(pool);
        Generator thereNetwork = Generator.of(network(4, b.get(0)), a);
        Generator backNetwork = Generator.of(network(4, a.get(0)), b);
        TranslationInputs there =
                new TranslationInputs(Direction.A_TO_B, thereNetwork, past, false, joint);
        TranslationInputs back =
                new TranslationInputs(Direction.B_TO_A, backNetwork, past, false, joint);
        Discriminator ofA = Discriminator.of(network(3, 1), true, a);
        Discriminator ofB = Discriminator.of(network(3, 1), b);
        Player critics =
                Player.builder()
                        .setName("discriminator")
                        .setRole(Player.Role.DISCRIMINATOR)
                        .addNetwork("A", ofA)
                        .addNetwork("B", ofB)
                        .setObjective(
                                adding.apply(
                                        List.of(
                                                judging(ofA, back, "_A"),
                                                judging(ofB, there, "_B"))))
                        .setOptimizer(TinyGames.descent(rate))
                        .optConstraint(weights -> threadsOfMoves.add(Torch.getThreads()))
                        .build();
        Player artists =
                Player.builder()
                        .setName("generator")
                        .setRole(Player.Role.GENERATOR)
                        .addNetwork("there", thereNetwork)
                        .addNetwork("back", backNetwork)
                        .setObjective(
                                adding.apply(
                                        List.of(cycle(ofB, there, back), cycle(ofA, back, there))))
                        .setOptimizer(TinyGames.descent(rate))
                        .optMovingAverage(0.5)
                        .build();
        Map<Direction, Generator> translators = new EnumMap<>(Direction.class);
        translators.put(Direction.A_TO_B, thereNetwork);
        translators.put(Direction.B_TO_A, backNetwork);
        return Gan.ofTranslation(strategy, translators, critics, artists);
    }

    private static Objective judging(Discriminator judge, TranslationInputs inputs, String label) {
        return DiscriminatorObjective.builder()
                .setDiscriminator(judge)
                .setLoss(new LeastSquaresLoss())
                .optInputs(inputs)
                .optLabel(label)
                .addPenalties(List.of(new R1Penalty(1)))
                .build();
    }

    private static Objective cycle(
            Discriminator judge, TranslationInputs there, TranslationInputs back) {
        GeneratorObjective.Builder wish =
                GeneratorObjective.builder()
                        .setDiscriminator(judge)
                        .setLoss(new LeastSquaresLoss())
                        .optInputs(there)
                        .optWeight(2)
                        .addTerm(
                                "cycle",
                                10,
                                round ->
                                        distance(
                                                back.translate(round, there.fake(round)),
                                                there.source(round)));
        if (judge.getSampleShape().equals(there.generator().getLatentShape())) {
            wish.addTerm(
                    "identity", 5, round -> distance(there.identity(round), there.real(round)));
        }
        return wish.build();
    }

    private static NDArray distance(NDArray one, NDArray other) {
        return one.sub(other).abs().mean();
    }

    private Dataset data(Shape... domains) {
        Torch.seed(4);
        NDArray[] arrays = new NDArray[domains.length];
        for (int i = 0; i < domains.length; i++) {
            arrays[i] = manager.randomUniform(-1f, 1f, new Shape(10).addAll(domains[i]));
        }
        return new ArrayDataset.Builder().setData(arrays).setSampling(2, false).build();
    }

    private static GanTrainer trainer(Gan gan, Dataset data) {
        return GanTrainer.builder().setGan(gan).setDataset(data).optBatchSize(2).optSeed(3).build();
    }

    private static Map<String, ByteBuffer> bytes(GanTrainer trainer) {
        Map<String, ByteBuffer> bytes = new LinkedHashMap<>();
        trainer.getArrays().forEach((name, array) -> bytes.put(name, array.toByteBuffer()));
        return bytes;
    }

    @Test
    void should_report_terms_of_both_directions_as_one_and_opinions_apart() {
        try (GanTrainer trainer = trainer(game(3), data(A, B))) {
            List<StepReport> reports = new ArrayList<>();
            trainer.addListener(TrainingListener.ofReports(reports::add));
            trainer.train(1);
            assertThat(reports.get(0).values().keySet())
                    .containsExactlyInAnyOrder(
                            "discriminator/loss",
                            "discriminator/r1",
                            "discriminator/D_A(real)",
                            "discriminator/D_A(fake)",
                            "discriminator/D_B(real)",
                            "discriminator/D_B(fake)",
                            "generator/loss",
                            "generator/cycle");
        }
    }

    @Test
    void should_end_at_the_same_bytes_in_two_parts_with_a_pool() {
        Dataset data = data(A, B);
        Map<String, ByteBuffer> half;
        Map<String, Long> counters;
        Map<String, ByteBuffer> whole;
        try (GanTrainer trainer = trainer(game(3), data)) {
            trainer.train(6);
            half = bytes(trainer);
            counters = trainer.getCounters();
            trainer.train(12);
            whole = bytes(trainer);
        }
        assertThat(half).containsKeys("memory/pool/AtoB/002", "memory/pool/BtoA/002");
        assertThat(whole.get("memory/pool/AtoB/000"))
                .as("the pool after the exchange of some images")
                .isNotEqualTo(half.get("memory/pool/AtoB/000"));
        try (GanTrainer trainer = trainer(game(3), data)) {
            trainer.getArrays().forEach((name, array) -> array.set(half.get(name).duplicate()));
            half.forEach(
                    (name, values) -> {
                        if (name.startsWith(GanTrainer.MEMORY)) {
                            Shape shape = name.contains("AtoB") ? B : A;
                            try (NDArray array = manager.create(values.asFloatBuffer(), shape)) {
                                String own = name.substring(GanTrainer.MEMORY.length());
                                trainer.getMemory().put(own, array);
                            }
                        }
                    });
            trainer.restoreCounters(counters);
            trainer.train(12);
            assertThat(bytes(trainer)).isEqualTo(whole);
        }
    }

    @Test
    void should_end_at_the_same_bytes_at_once_as_one_after_the_other() {
        Dataset data = data(B, B);
        Map<String, ByteBuffer> oneByOne = end(1, data);
        adding = Objective::parallelSum;
        for (int repeat = 0; repeat < 3; repeat++) {
            // Each of the two has one thread for its operators.
            assertThat(end(2, data)).isEqualTo(oneByOne);
        }
    }

    private Map<String, ByteBuffer> end(int engineThreads, Dataset data) {
        Torch.setThreads(engineThreads);
        Gan gan = game(3, new AlternatingStrategy(), B, B, true, 1e-2f);
        try (GanTrainer trainer = trainer(gan, data)) {
            trainer.train(4);
            int before = trainer.getManager().getManagedArrays().size();
            trainer.train(12);
            assertThat(trainer.getManager().getManagedArrays()).hasSize(before);
            return bytes(trainer);
        }
    }

    @Test
    void should_move_a_player_of_parallel_parts_with_the_threads_of_one() {
        Torch.setThreads(2);
        for (int parts : new int[] {1, 2}) {
            adding = parts == 1 ? Objective::sum : Objective::parallelSum;
            try (GanTrainer trainer = trainer(game(0), data(A, B))) {
                trainer.train(1);
            }
        }
        assertThat(threadsOfMoves).as("threads of the engine, at a move").containsExactly(2, 1);
        assertThat(Torch.getThreads()).isEqualTo(2);
    }

    @Test
    void should_run_both_networks_of_a_player_on_threads_of_their_own() {
        Torch.setThreads(2);
        Set<Thread> seen = ConcurrentHashMap.newKeySet();
        CountDownLatch both = new CountDownLatch(2);
        adding =
                objectives ->
                        Objective.parallelSum(
                                objectives.stream()
                                        .<Objective>map(
                                                objective ->
                                                        round -> {
                                                            seen.add(Thread.currentThread());
                                                            both.countDown();
                                                            await(both);
                                                            return objective.evaluate(round);
                                                        })
                                        .toList());
        try (GanTrainer trainer = trainer(game(0), data(A, B))) {
            trainer.train(1);
        }
        assertThat(seen).hasSizeGreaterThan(1).contains(Thread.currentThread());
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    static Stream<TrainingStrategy> strategies() {
        return Stream.of(new AlternatingStrategy(), new AlternatingStrategy(2, true));
    }

    @ParameterizedTest
    @MethodSource("strategies")
    void should_find_the_identity_in_the_pass_that_translates(TrainingStrategy strategy) {
        Dataset data = data(B, B);
        List<Map<String, float[]>> ends = new ArrayList<>();
        List<Integer> live = new ArrayList<>();
        for (boolean joint : new boolean[] {false, true}) {
            try (GanTrainer trainer = trainer(game(0, strategy, B, B, joint, 1e-3f), data)) {
                trainer.train(3);
                int before = trainer.getManager().getManagedArrays().size();
                trainer.train(4);
                live.add(trainer.getManager().getManagedArrays().size() - before);
                Map<String, float[]> end = new LinkedHashMap<>();
                trainer.getArrays().forEach((name, array) -> end.put(name, array.toFloatArray()));
                ends.add(end);
            }
        }
        assertThat(live).containsOnly(0);
        assertThat(ends.get(1)).hasSameSizeAs(ends.get(0));
        ends.get(0)
                .forEach(
                        (name, values) ->
                                assertThat(ends.get(1).get(name))
                                        .as(name)
                                        .containsExactly(values, within(1e-5f)));
    }

    @Test
    void should_stay_flat_once_the_pool_is_full() {
        try (GanTrainer trainer = trainer(game(3), data(A, B))) {
            trainer.train(4);
            int before = trainer.getManager().getManagedArrays().size();
            for (int step = 5; step <= 20; step++) {
                trainer.train(step);
                assertThat(trainer.getManager().getManagedArrays()).hasSize(before);
            }
        }
    }

    @Test
    void should_translate_both_ways() {
        try (GanTrainer trainer = trainer(game(0), data(A, B))) {
            NDArray pictures = manager.zeros(new Shape(5).addAll(A));
            NDArray there = trainer.translate(Direction.A_TO_B, pictures);
            assertThat(there.getShape()).isEqualTo(new Shape(5).addAll(B));
            assertThat(trainer.translate(Direction.B_TO_A, there).getShape())
                    .isEqualTo(pictures.getShape());
            assertThatThrownBy(() -> trainer.drawLatents(manager, 1, 1))
                    .isInstanceOf(IllegalStateException.class);
        }
        try (GanTrainer trainer =
                trainer(TinyGames.game().build(), TinyGames.data(manager, 8, 3))) {
            assertThatThrownBy(
                            () -> trainer.translate(Direction.A_TO_B, manager.zeros(new Shape(1))))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("does not translate AtoB");
        }
    }

    @Test
    void should_fail_if_the_data_has_one_domain_or_other_shapes() {
        try (GanTrainer trainer = trainer(game(0), data(A))) {
            assertThatThrownBy(() -> trainer.train(1))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("translates between two domains");
        }
        try (GanTrainer trainer = trainer(game(0), data(B, A))) {
            assertThatThrownBy(() -> trainer.train(1))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("samples of shape (3, 6, 6) to translate AtoB")
                    .hasMessageContaining("takes (1, 6, 6)");
        }
    }
}
