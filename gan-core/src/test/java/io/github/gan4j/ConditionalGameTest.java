package io.github.gan4j;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.dataset.ArrayDataset;
import io.github.gan4j.optim.Adam;
import io.github.gan4j.penalty.GradientPenalty;
import io.github.gan4j.penalty.R1Penalty;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConditionalGameTest {

    private final NDManager manager = TestSupport.newManager();

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void should_feed_the_labels_of_the_batch_to_both_networks() {
        List<long[]> seen = new ArrayList<>();
        Gan gan =
                TinyGames.conditionalGame()
                        .addPenalty(new R1Penalty(1))
                        .addPenalty(new GradientPenalty(1))
                        .optStrategy(
                                game -> {
                                    Round round = game.nextRound(true);
                                    seen.add(round.getConditions().get(0).toLongArray());
                                    assertThat(round.getConditions().get(0))
                                            .isSameAs(round.getBatch().getLabels().get(0));
                                    game.getGan().getPlayers().forEach(p -> game.update(p, round));
                                })
                        .build();
        try (GanTrainer trainer =
                TinyGames.trainer(gan, TinyGames.labelledData(manager, 12, 3)).build()) {
            trainer.train(3);
            assertThat(trainer.getCounters()).containsEntry("updates/generator", 3L);
        }

        assertThat(seen.stream().flatMapToLong(Arrays::stream).sorted().toArray())
                .containsExactly(0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2);
    }

    /** Class k lies at (k - 1, k - 1, k - 1): only who hears the label can put it there. */
    @Test
    void should_learn_to_obey_the_labels() {
        int count = 12;
        long[] labels = new long[count];
        float[] points = new float[count * 3];
        for (int i = 0; i < count; i++) {
            labels[i] = i % TinyGames.CLASSES;
            Arrays.fill(points, 3 * i, 3 * i + 3, labels[i] - 1f);
        }
        ArrayDataset data =
                new ArrayDataset.Builder()
                        .setData(manager.create(points, new Shape(count, 3)))
                        .optLabels(manager.create(labels))
                        .setSampling(4, false)
                        .build();
        Gan gan =
                TinyGames.conditionalGame()
                        .addPenalty(new R1Penalty(0.2f))
                        .optGeneratorOptimizer(Adam.builder().optLearningRate(0.02).build())
                        .optDiscriminatorOptimizer(Adam.builder().optLearningRate(0.02).build())
                        .build();
        try (GanTrainer trainer =
                TinyGames.trainer(gan, data).optBatchSize(count).optSeed(1).build()) {
            trainer.train(200);

            float[] means = new float[TinyGames.CLASSES];
            for (int label = 0; label < means.length; label++) {
                NDArray latents = trainer.drawLatents(manager, 50, Seeds.SAMPLES);
                NDArray wanted = manager.full(new Shape(50), label);
                means[label] = trainer.generate(latents, new NDList(wanted)).mean().getFloat();
            }
            assertThat(means[1] - means[0]).as(Arrays.toString(means)).isGreaterThan(0.3f);
            assertThat(means[2] - means[1]).as(Arrays.toString(means)).isGreaterThan(0.3f);
        }
    }
}
