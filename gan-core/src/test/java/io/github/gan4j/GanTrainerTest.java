package io.github.gan4j;

import static io.github.gan4j.TestSupport.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.tracker.Tracker;
import io.github.gan4j.loss.RelativisticPairingLoss;
import io.github.gan4j.loss.WassersteinLoss;
import io.github.gan4j.optim.Adam;
import io.github.gan4j.optim.Sgd;
import io.github.gan4j.strategy.AlternatingStrategy;
import io.github.gan4j.strategy.ExtraGradientStrategy;
import io.github.gan4j.strategy.SimultaneousStrategy;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules of the game: who moves when, on which batch, by which gradient. */
class GanTrainerTest {

    private final NDManager manager = TestSupport.newManager();

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void should_move_nobody_but_the_player_whose_turn_it_is() {
        for (Player.Role role : Player.Role.values()) {
            TrainingStrategy onlyOne =
                    game -> {
                        Round round = game.nextRound(false);
                        game.getGan().getPlayers(role).forEach(p -> game.update(p, round));
                    };
            try (GanTrainer trainer = trainer(TinyGames.game(), onlyOne)) {
                Map<String, ByteBuffer> before = bytes(trainer.getArrays());
                trainer.train(1);
                Map<String, ByteBuffer> after = bytes(trainer.getArrays());

                boolean generator = role == Player.Role.GENERATOR;
                assertThat(changed(before, after, "weights/generator/")).isEqualTo(generator);
                assertThat(changed(before, after, "weights/discriminator/")).isEqualTo(!generator);
                assertThat(changed(before, after, "optimizer/generator/")).isEqualTo(generator);
                assertThat(changed(before, after, "optimizer/discriminator/"))
                        .isEqualTo(!generator);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5})
    void should_let_the_discriminator_move_so_many_times_a_step(int steps) {
        TrainingStrategy strategy = new AlternatingStrategy(steps);
        try (GanTrainer trainer = trainer(TinyGames.game(), strategy)) {
            trainer.train(2);

            assertThat(trainer.getCounters())
                    .containsEntry("step", 2L)
                    .containsEntry("batches", 2L * steps)
                    .containsEntry("updates/discriminator", 2L * steps)
                    .containsEntry("updates/generator", 2L);
        }
    }

    @Test
    void should_draw_another_batch_and_other_latents_if_they_are_to_be_fresh() {
        List<ByteBuffer> latents = new ArrayList<>();
        Latents recorded =
                (m, shape) -> {
                    NDArray z = Latents.NORMAL.sample(m, shape);
                    latents.add(bytes(z));
                    return z;
                };
        TrainingStrategy fresh = new AlternatingStrategy(1, true);
        try (GanTrainer trainer = trainer(TinyGames.game().optLatents(recorded), fresh)) {
            trainer.train(1);
            assertThat(trainer.getCounters()).containsEntry("batches", 2L);
            assertThat(latents).hasSize(2).doesNotHaveDuplicates();
        }

        latents.clear();
        TrainingStrategy shared = new AlternatingStrategy();
        try (GanTrainer trainer = trainer(TinyGames.game().optLatents(recorded), shared)) {
            trainer.train(1);
            assertThat(trainer.getCounters()).containsEntry("batches", 1L);
            assertThat(latents).hasSize(1);
        }
    }

    /** The discriminator ends where it would alone; the generator sees it before or after. */
    @Test
    void should_tell_simultaneous_from_alternating_moves() {
        Map<String, ByteBuffer> simultaneous = weightsAfterOneStep(new SimultaneousStrategy());
        Map<String, ByteBuffer> alternating = weightsAfterOneStep(new AlternatingStrategy());
        Map<String, ByteBuffer> generatorAlone =
                weightsAfterOneStep(
                        game ->
                                game.update(
                                        game.getGan().getPlayers().get(1), game.nextRound(false)));
        Map<String, ByteBuffer> discriminatorAlone =
                weightsAfterOneStep(
                        game ->
                                game.update(
                                        game.getGan().getPlayers().get(0), game.nextRound(false)));

        assertThat(part(simultaneous, "generator")).isEqualTo(part(generatorAlone, "generator"));
        assertThat(part(alternating, "generator")).isNotEqualTo(part(generatorAlone, "generator"));
        assertThat(part(simultaneous, "discriminator"))
                .isEqualTo(part(alternating, "discriminator"))
                .isEqualTo(part(discriminatorAlone, "discriminator"));
    }

    private Map<String, ByteBuffer> weightsAfterOneStep(TrainingStrategy strategy) {
        Gan.Builder game =
                TinyGames.game()
                        .optGeneratorOptimizer(TinyGames.descent(0.5f))
                        .optDiscriminatorOptimizer(TinyGames.descent(0.5f));
        try (GanTrainer trainer = trainer(game, strategy)) {
            trainer.train(1);
            return bytes(trainer.getArrays());
        }
    }

    @Test
    void should_prefer_the_strategy_of_the_trainer_to_that_of_the_game() {
        List<Long> steps = new ArrayList<>();
        TrainingStrategy watched =
                game -> {
                    steps.add(game.getStep());
                    new SimultaneousStrategy().step(game);
                };
        try (GanTrainer trainer = trainer(TinyGames.game(), watched)) {
            trainer.train(3);
        }

        assertThat(steps).containsExactly(0L, 1L, 2L);
    }

    @Test
    void should_show_the_generator_real_scores_if_the_loss_compares() {
        List<NDArray> real = new ArrayList<>();
        Loss compared =
                new Loss() {
                    private final Loss loss = new RelativisticPairingLoss();

                    @Override
                    public NDArray discriminatorLoss(NDArray r, NDArray f) {
                        return loss.discriminatorLoss(r, f);
                    }

                    @Override
                    public NDArray generatorLoss(NDArray r, NDArray f) {
                        assertThat(r.getShape()).isEqualTo(f.getShape());
                        real.add(r);
                        return loss.generatorLoss(r, f);
                    }

                    @Override
                    public boolean comparesScores() {
                        return loss.comparesScores();
                    }
                };
        train(TinyGames.game().optLoss(compared), 2);

        assertThat(real).hasSize(2).doesNotContainNull();
    }

    @Test
    void should_not_score_real_samples_for_the_generator_otherwise() {
        List<NDArray> real = new ArrayList<>();
        Loss plain =
                new Loss() {
                    @Override
                    public NDArray discriminatorLoss(NDArray r, NDArray f) {
                        return f.mean().sub(r.mean());
                    }

                    @Override
                    public NDArray generatorLoss(NDArray r, NDArray f) {
                        real.add(r);
                        return f.mean().neg();
                    }
                };
        train(TinyGames.game().optLoss(plain), 1);

        assertThat(real).hasSize(1).containsOnlyNulls();
    }

    @Test
    void should_give_each_player_its_own_optimiser() {
        Gan.Builder game =
                TinyGames.game()
                        .optGeneratorOptimizer(Adam.builder().optLearningRate(0).build())
                        .optDiscriminatorOptimizer(TinyGames.descent(0.1f));
        try (GanTrainer trainer = trainer(game, null)) {
            Map<String, ByteBuffer> before = bytes(trainer.getArrays());
            trainer.train(2);
            Map<String, ByteBuffer> after = bytes(trainer.getArrays());

            assertThat(changed(before, after, "weights/generator/")).isFalse();
            assertThat(changed(before, after, "weights/discriminator/")).isTrue();
            assertThat(after.keySet())
                    .anyMatch(name -> name.startsWith("optimizer/generator/first_moment/"))
                    .noneMatch(name -> name.startsWith("optimizer/discriminator/"));
        }
    }

    @Test
    void should_read_schedules_at_the_step_however_often_a_player_moves() {
        List<Long> read = new ArrayList<>();
        Tracker recorded =
                step -> {
                    read.add((long) step);
                    return 0.1f;
                };
        Gan.Builder game =
                TinyGames.game()
                        .optDiscriminatorOptimizer(Sgd.builder().optLearningRate(recorded).build());
        train(game.optStrategy(new AlternatingStrategy(3)), 2);
        assertThat(read).containsExactly(0L, 0L, 0L, 1L, 1L, 1L);
        read.clear();
        train(game.optStrategy(new ExtraGradientStrategy()), 2);
        assertThat(read).containsExactly(0L, 0L, 1L, 1L);
    }

    @Test
    void should_report_losses_scores_and_wanted_gradient_norms() {
        List<StepReport> reports = new ArrayList<>();
        TrainingListener listener =
                new TrainingListener() {
                    @Override
                    public void onStep(GanTrainer trainer, StepReport report) {
                        reports.add(report);
                    }

                    @Override
                    public boolean wantsGradientNorms(long step) {
                        return step == 2;
                    }
                };
        try (GanTrainer trainer =
                TinyGames.trainer(TinyGames.game().build(), TinyGames.data(manager, 8, 3))
                        .addListener(listener)
                        .build()) {
            trainer.train(3);
        }

        assertThat(reports).extracting(StepReport::step).containsExactly(1L, 2L, 3L);
        assertThat(reports).extracting(StepReport::epoch).containsExactly(0L, 1L, 1L);
        assertThat(reports.get(0).values().keySet())
                .containsExactly(
                        "discriminator/loss",
                        "discriminator/D(real)",
                        "discriminator/D(fake)",
                        "generator/loss");
        assertThat(reports.get(1).values())
                .containsKeys("discriminator/gradient norm", "generator/gradient norm");
        assertThat(reports.get(1).values().get("generator/gradient norm")).isPositive();
        assertThat(reports.get(2).values()).doesNotContainKey("generator/gradient norm");
        assertThat(reports.get(0).values().get("discriminator/D(real)")).isBetween(0f, 1f);
        assertThat(reports.get(0).milliseconds()).isPositive();
    }

    @Test
    void should_train_towards_the_data() {
        NDArray points = manager.ones(new Shape(16, 3)).mul(0.5f);
        Gan.Builder game =
                TinyGames.game()
                        .optGeneratorOptimizer(Adam.builder().optLearningRate(0.02).build())
                        .optDiscriminatorOptimizer(Adam.builder().optLearningRate(0.02).build());
        ai.djl.training.dataset.ArrayDataset data =
                new ai.djl.training.dataset.ArrayDataset.Builder()
                        .setData(points)
                        .setSampling(4, false)
                        .build();
        try (GanTrainer trainer =
                GanTrainer.builder()
                        .setGan(game.addPenalty(new io.github.gan4j.penalty.R1Penalty(1)).build())
                        .setDataset(data)
                        .optBatchSize(16)
                        .build()) {
            float before = distanceFromHalf(trainer);
            trainer.train(400);

            assertThat(distanceFromHalf(trainer)).isLessThan(before / 3);
        }
    }

    private float distanceFromHalf(GanTrainer trainer) {
        NDArray latents = trainer.drawLatents(manager, 100, Seeds.SAMPLES);
        NDArray samples = trainer.generate(latents, new NDList());
        return samples.sub(0.5f).abs().mean().getFloat();
    }

    @Test
    void should_generate_from_the_moving_average_in_inference_mode() {
        try (GanTrainer trainer =
                trainer(TinyGames.imageGame(1).optMovingAverage(0.999), null, 1, 8, 8)) {
            trainer.train(3);
            NDArray latents = trainer.drawLatents(manager, 3, Seeds.SAMPLES);
            NDArray one = trainer.generate(latents.get("0:1"), new NDList());
            NDArray all = trainer.generate(latents, new NDList());

            assertThat(all.getShape()).isEqualTo(new Shape(3, 1, 8, 8));
            assertThat(all.getManager()).isSameAs(manager);
            // Batch norm in training mode would make a sample depend on its neighbours.
            assertThat(all.get("0:1").sub(one).abs().max().getFloat()).isLessThan(1e-6f);
            ByteBuffer averaged = bytes(all);
            trainer.getArrays().get("average/generator/02ConvTranspose_weight").muli(2);
            assertThat(bytes(trainer.generate(latents, new NDList()))).isNotEqualTo(averaged);
        }
    }

    @Test
    void should_keep_an_average_of_batch_norm_statistics_too() {
        try (GanTrainer trainer =
                trainer(TinyGames.imageGame(1).optMovingAverage(0.5), null, 1, 8, 8)) {
            float[] start =
                    trainer.getArrays()
                            .get("average/generator/03BatchNorm_runningMean")
                            .toFloatArray();
            trainer.train(1);
            Map<String, NDArray> arrays = trainer.getArrays();
            float[] average =
                    arrays.get("average/generator/03BatchNorm_runningMean").toFloatArray();
            float[] now = arrays.get("weights/generator/03BatchNorm_runningMean").toFloatArray();

            assertThat(now).isNotEqualTo(start);
            for (int i = 0; i < now.length; i++) { // beta = 2 / 11 in the first update
                float expected = start[i] + 9f / 11 * (now[i] - start[i]);
                assertThat(average[i]).isEqualTo(expected, within(1e-6f));
            }
        }
    }

    @Test
    void should_draw_latents_that_depend_on_seed_and_purpose_only() {
        try (GanTrainer trainer = trainer(TinyGames.game(), null)) {
            ByteBuffer before = bytes(trainer.drawLatents(manager, 4, Seeds.SAMPLES));
            trainer.train(2);

            assertThat(bytes(trainer.drawLatents(manager, 4, Seeds.SAMPLES))).isEqualTo(before);
            assertThat(bytes(trainer.drawLatents(manager, 4, 77))).isNotEqualTo(before);
        }
    }

    @Test
    void should_leave_an_initialised_network_as_it_is() {
        Generator generator = TinyGames.generator();
        generator
                .getBlock()
                .initialize(manager, ai.djl.ndarray.types.DataType.FLOAT32, new Shape(4, 2));
        ByteBuffer before = bytes(generator.getBlock().getParameters().valueAt(0).getArray());
        Gan gan =
                Gan.builder()
                        .setGenerator(generator)
                        .setDiscriminator(TinyGames.discriminator())
                        .build();

        try (GanTrainer trainer = TinyGames.trainer(gan, TinyGames.data(manager, 8, 3)).build()) {
            assertThat(bytes(trainer.getArrays().get("weights/generator/01Linear_weight")))
                    .isEqualTo(before);
        }
    }

    @Test
    void should_go_on_where_it_was_if_called_again() {
        try (GanTrainer trainer = trainer(TinyGames.game(), null)) {
            trainer.train(2);
            trainer.train(2);
            assertThat(trainer.getStep()).isEqualTo(2);
            trainer.train(5);
            assertThat(trainer.getStep()).isEqualTo(5);
        }
    }

    @Test
    void should_refuse_a_batch_larger_than_the_data_set() {
        GanTrainer.Builder builder =
                GanTrainer.builder()
                        .setGan(TinyGames.game().build())
                        .setDataset(TinyGames.data(manager, 3, 3));

        assertThatThrownBy(builder::build)
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("Batch size 64")
                .hasMessageContaining("3 samples");
        assertThatThrownBy(() -> builder.optBatchSize(0).build())
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("at least 1");
    }

    @Test
    void should_name_what_is_missing() {
        assertThatThrownBy(() -> GanTrainer.builder().build())
                .hasMessage("A trainer needs a GAN: setGan(..)");
        assertThatThrownBy(() -> GanTrainer.builder().setGan(TinyGames.game().build()).build())
                .hasMessage("A trainer needs a data set: setDataset(..)");
    }

    @Test
    void should_refuse_a_player_with_nothing_to_train() {
        Generator frozen = TinyGames.generator();
        frozen.getBlock().freezeParameters(true);
        Gan gan =
                Gan.builder()
                        .setGenerator(frozen)
                        .setDiscriminator(TinyGames.discriminator())
                        .build();

        assertThatThrownBy(() -> TinyGames.trainer(gan, TinyGames.data(manager, 8, 3)).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Player generator has no trainable parameter.");
    }

    @Test
    void should_train_on_batches_without_random_access_in_their_order() {
        NDArray[] given = new NDArray[3];
        for (int i = 0; i < given.length; i++) {
            given[i] = manager.ones(new Shape(4, 3)).mul(i);
        }
        List<Float> seen = new ArrayList<>();
        Loss loss = new WassersteinLoss();
        TrainingStrategy watching =
                game -> {
                    Round round = game.nextRound(false);
                    seen.add(round.getReal().getFloat(0, 0));
                    game.update(game.getGan().getPlayers().get(0), round);
                };
        try (GanTrainer trainer =
                TinyGames.trainer(TinyGames.game().optLoss(loss).build(), new ListedDataset(given))
                        .optStrategy(watching)
                        .build()) {
            assertThat(trainer.getBatchesPerEpoch()).isZero();
            trainer.train(5);
            assertThat(trainer.getBatchesPerEpoch()).isEqualTo(3);
            assertThat(trainer.getEpoch()).isEqualTo(1);
        }

        assertThat(seen).containsExactly(0f, 1f, 2f, 0f, 1f);
    }

    @Test
    void should_see_each_sample_once_an_epoch() {
        Map<Float, Integer> seen = new TreeMap<>();
        NDArray samples = manager.arange(24f).reshape(8, 3);
        ai.djl.training.dataset.ArrayDataset data =
                new ai.djl.training.dataset.ArrayDataset.Builder()
                        .setData(samples)
                        .setSampling(4, false)
                        .build();
        Consumer<Round> count =
                round -> {
                    for (float first : round.getReal().get(":, 0").toFloatArray()) {
                        seen.merge(first, 1, Integer::sum);
                    }
                };
        try (GanTrainer trainer =
                TinyGames.trainer(TinyGames.game().build(), data)
                        .optStrategy(
                                game -> {
                                    Round round = game.nextRound(true);
                                    count.accept(round);
                                    game.getGan()
                                            .getPlayers()
                                            .forEach(player -> game.update(player, round));
                                })
                        .build()) {
            trainer.train(6);
        }

        assertThat(seen).hasSize(8);
        assertThat(seen.values()).containsOnly(3);
    }

    private void train(Gan.Builder game, long steps) {
        try (GanTrainer trainer = trainer(game, null)) {
            trainer.train(steps);
        }
    }

    private GanTrainer trainer(Gan.Builder game, TrainingStrategy strategy) {
        return trainer(game, strategy, 3);
    }

    private GanTrainer trainer(Gan.Builder game, TrainingStrategy strategy, long... sample) {
        return TinyGames.trainer(game.build(), TinyGames.data(manager, 24, sample))
                .optStrategy(strategy)
                .build();
    }

    private static boolean changed(
            Map<String, ByteBuffer> before, Map<String, ByteBuffer> after, String prefix) {
        List<String> names = before.keySet().stream().filter(n -> n.startsWith(prefix)).toList();
        assertThat(names).isNotEmpty();
        long changes = names.stream().filter(n -> !before.get(n).equals(after.get(n))).count();
        assertThat(changes).as("all or none of " + names).isIn(0L, (long) names.size());
        return changes > 0;
    }

    private static Map<String, ByteBuffer> part(Map<String, ByteBuffer> arrays, String network) {
        Map<String, ByteBuffer> result = new TreeMap<>();
        arrays.forEach(
                (name, value) -> {
                    if (name.startsWith("weights/" + network + "/")) {
                        result.put(name, value);
                    }
                });
        assertThat(result).isNotEmpty();
        return result;
    }
}
