package io.github.gan4j;

import static io.github.gan4j.TestSupport.bytes;
import static io.github.gan4j.TestSupport.write;
import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.tracker.Tracker;
import io.github.gan4j.loss.HingeLoss;
import io.github.gan4j.optim.Adam;
import io.github.gan4j.penalty.GradientPenalty;
import io.github.gan4j.penalty.R1Penalty;
import io.github.gan4j.strategy.AlternatingStrategy;
import io.github.gan4j.torch.Torch;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A miniature DCGAN with all that remembers: batch norm, Adam, moving average, lazy penalty. */
class ReproducibilityTest {

    private static final long N = 9; // does not divide into epochs of 6 batches

    private final NDManager manager = TestSupport.newManager();

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void should_give_the_same_bytes_for_the_same_seed() {
        Map<String, ByteBuffer> one = train(5, N);
        Torch.seed(123456); // whatever happens to the engine in between
        manager.randomNormal(new ai.djl.ndarray.types.Shape(1000));
        Map<String, ByteBuffer> two = train(5, N);

        assertThat(two).isEqualTo(one);
        assertThat(one.keySet())
                .anyMatch(name -> name.startsWith("weights/generator/"))
                .anyMatch(name -> name.startsWith("weights/discriminator/"))
                .anyMatch(name -> name.endsWith("runningVar"))
                .anyMatch(name -> name.startsWith("average/generator/"))
                .anyMatch(name -> name.startsWith("optimizer/generator/first_moment"))
                .anyMatch(name -> name.startsWith("optimizer/discriminator/second_moment"));
    }

    @Test
    void should_give_other_bytes_for_another_seed() {
        Map<String, ByteBuffer> one = train(5, 0);
        Map<String, ByteBuffer> two = train(6, 0);

        assertThat(two.get("weights/generator/02ConvTranspose_weight"))
                .isNotEqualTo(one.get("weights/generator/02ConvTranspose_weight"));
        assertThat(two.get("weights/discriminator/01Conv2d_weight"))
                .isNotEqualTo(one.get("weights/discriminator/01Conv2d_weight"));
    }

    @Test
    void should_draw_other_latents_and_batches_for_another_seed() {
        Map<String, ByteBuffer> start = train(5, 0);
        Map<String, ByteBuffer> one = trainFrom(start, 5);
        Map<String, ByteBuffer> two = trainFrom(start, 6);

        assertThat(trainFrom(start, 5)).isEqualTo(one);
        assertThat(two.get("weights/generator/02ConvTranspose_weight"))
                .isNotEqualTo(one.get("weights/generator/02ConvTranspose_weight"));
    }

    private Map<String, ByteBuffer> trainFrom(Map<String, ByteBuffer> start, long seed) {
        try (GanTrainer trainer = trainer(seed)) {
            trainer.getArrays().forEach((name, a) -> a.set(start.get(name).duplicate()));
            trainer.train(1);
            return bytes(trainer.getArrays());
        }
    }

    @Test
    void should_go_on_exactly_from_what_a_checkpoint_holds() {
        Map<String, ByteBuffer> straight = train(5, 2 * N);

        try (GanTrainer first = trainer(5);
                GanTrainer second = trainer(5)) {
            first.train(N);
            // Drawing samples between the steps changes nothing.
            first.generate(
                    first.drawLatents(manager, 3, Seeds.SAMPLES), new ai.djl.ndarray.NDList());
            Map<String, NDArray> saved = first.getArrays();
            Map<String, Long> counters = new LinkedHashMap<>(first.getCounters());
            second.getArrays().forEach((name, array) -> write(array, saved.get(name)));
            second.restoreCounters(counters);
            assertThat(second.getStep()).isEqualTo(N);
            second.train(2 * N);

            assertThat(bytes(second.getArrays())).isEqualTo(straight);
            assertThat(second.getCounters()).containsEntry("step", 2 * N);
        }
    }

    @Test
    void should_go_on_exactly_with_layers_that_keep_vectors_and_draw_numbers() {
        try (GanTrainer straight = layered();
                GanTrainer first = layered();
                GanTrainer second = layered()) {
            straight.train(4);
            first.train(2);
            first.generate(
                    first.drawLatents(manager, 3, Seeds.SAMPLES),
                    new ai.djl.ndarray.NDList(manager.create(new long[] {0, 1, 2})));
            Map<String, NDArray> saved = first.getArrays();
            second.getArrays().forEach((name, array) -> write(array, saved.get(name)));
            second.restoreCounters(first.getCounters());
            second.train(4);

            assertThat(bytes(second.getArrays())).isEqualTo(bytes(straight.getArrays()));
            assertThat(saved.keySet()).anyMatch(name -> name.endsWith("SpectralNorm_u"));
        }
    }

    private GanTrainer layered() {
        Gan gan = TinyGames.layeredGame().optMovingAverage(0.9).build();
        return TinyGames.trainer(gan, TinyGames.labelledData(manager, 16, 3, 8, 8)).build();
    }

    @Test
    void should_give_the_same_bytes_whether_it_trains_in_one_go_or_in_two() {
        Map<String, ByteBuffer> straight = train(5, N);
        try (GanTrainer trainer = trainer(5)) {
            trainer.train(2);
            trainer.train(N);
            assertThat(bytes(trainer.getArrays())).isEqualTo(straight);
        }
    }

    /** A checkpoint without the optimiser's memory would not be exact: the test above is sharp. */
    @Test
    void should_need_the_memory_of_the_optimiser() {
        Map<String, ByteBuffer> straight = train(5, 2 * N);

        try (GanTrainer first = trainer(5);
                GanTrainer second = trainer(5)) {
            first.train(N);
            second.getArrays()
                    .forEach(
                            (name, array) -> {
                                if (!name.startsWith("optimizer/")) {
                                    write(array, first.getArrays().get(name));
                                }
                            });
            second.restoreCounters(first.getCounters());
            second.train(2 * N);

            assertThat(bytes(second.getArrays())).isNotEqualTo(straight);
        }
    }

    @Test
    void should_not_depend_on_the_thread() throws Exception {
        Map<String, ByteBuffer> here = train(5, 3);
        Map<String, ByteBuffer> there = new LinkedHashMap<>();
        Thread thread = new Thread(() -> there.putAll(train(5, 3)));
        thread.start();
        thread.join();

        assertThat(there).isEqualTo(here);
    }

    private Map<String, ByteBuffer> train(long seed, long steps) {
        try (GanTrainer trainer = trainer(seed)) {
            trainer.train(steps);
            return bytes(trainer.getArrays());
        }
    }

    private GanTrainer trainer(long seed) {
        Tracker schedule = update -> 1e-3f / (1 + update);
        Gan gan =
                TinyGames.imageGame(1)
                        .optLoss(new HingeLoss())
                        .addPenalty(new R1Penalty(1, 4))
                        .addPenalty(new GradientPenalty(1))
                        .optMovingAverage(0.9)
                        .optDiscriminatorOptimizer(Adam.builder().optLearningRate(schedule).build())
                        .optStrategy(new AlternatingStrategy(2))
                        .build();
        return TinyGames.trainer(gan, TinyGames.data(manager, 24, 1, 8, 8)).optSeed(seed).build();
    }
}
