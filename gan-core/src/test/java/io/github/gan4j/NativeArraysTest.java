package io.github.gan4j;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.training.dataset.Dataset;
import ai.djl.util.NativeResource;
import ai.djl.util.PairList;
import io.github.gan4j.loss.RelativisticPairingLoss;
import io.github.gan4j.penalty.GradientPenalty;
import io.github.gan4j.penalty.R1Penalty;
import io.github.gan4j.strategy.AlternatingStrategy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The number of live native arrays after one step is that after any other. */
class NativeArraysTest {

    private static final int STEPS = 12;

    private final NDManager manager = TestSupport.newManager();

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void should_stay_flat_with_penalties_of_second_order() {
        Gan gan =
                TinyGames.imageGame(3)
                        .addPenalty(new GradientPenalty(10))
                        .addPenalty(new R1Penalty(10))
                        .optLoss(new RelativisticPairingLoss())
                        .optMovingAverage(0.9)
                        .build();

        assertFlat(gan, TinyGames.data(manager, 16, 3, 8, 8));
    }

    @Test
    void should_stay_flat_with_any_strategy() {
        List<TrainingStrategy> strategies =
                new ArrayList<>(Components.list(TrainingStrategy.class));
        strategies.add(new AlternatingStrategy(3));
        strategies.add(new AlternatingStrategy(1, true));
        for (TrainingStrategy strategy : strategies) {
            Gan gan = TinyGames.imageGame(1).optStrategy(strategy).build();

            assertFlat(gan, TinyGames.data(manager, 16, 1, 8, 8));
        }
    }

    @Test
    void should_stay_flat_with_conditions_and_an_optimiser_of_the_users() {
        Gan gan =
                TinyGames.conditionalGame()
                        .addPenalty(new R1Penalty(1))
                        .optGeneratorOptimizer(TinyGames.descent(0.1f))
                        .build();

        assertFlat(gan, TinyGames.labelledData(manager, 16, 3));
    }

    @Test
    void should_stay_flat_with_layers_that_keep_statistics_and_draw_numbers() {
        Gan gan =
                TinyGames.layeredGame()
                        .addPenalty(new GradientPenalty(10))
                        .addPenalty(new R1Penalty(10))
                        .optMovingAverage(0.9)
                        .build();

        assertFlat(gan, TinyGames.labelledData(manager, 16, 3, 8, 8));
    }

    @Test
    void should_stay_flat_if_a_block_attaches_to_the_manager_of_its_weights() {
        CarelessBlock careless = new CarelessBlock();
        Gan gan =
                Gan.builder()
                        .setGenerator(Generator.of(careless, new Shape(3)))
                        .setDiscriminator(TinyGames.discriminator())
                        .build();

        assertFlat(gan, TinyGames.data(manager, 16, 3));

        assertThat(careless.attachedToWeights).isTrue();
        assertThat(careless.made).hasSizeGreaterThanOrEqualTo(STEPS);
        assertThat(careless.made)
                .allSatisfy(a -> assertThat(((NativeResource<?>) a).isReleased()).isTrue());
    }

    @Test
    void should_leave_nothing_behind_when_the_trainer_is_closed() {
        Dataset data = TinyGames.data(manager, 16, 1, 8, 8);
        train(TinyGames.imageGame(1).build(), data); // compiles what it needs
        int before = all().size();
        train(TinyGames.imageGame(1).build(), data);

        assertThat(all()).hasSize(before);
    }

    private void train(Gan gan, Dataset data) {
        try (GanTrainer trainer = TinyGames.trainer(gan, data).build()) {
            trainer.train(2);
        }
    }

    private void assertFlat(Gan gan, Dataset data) {
        List<Integer> own = new ArrayList<>();
        List<Integer> everywhere = new ArrayList<>();
        List<Integer> during = new ArrayList<>();
        TrainingListener counter =
                new TrainingListener() {
                    @Override
                    public void onStep(GanTrainer trainer, StepReport report) {
                        own.add(trainer.getManager().getManagedArrays().size());
                        everywhere.add(all().size());
                    }

                    @Override
                    public boolean wantsGradientNorms(long step) {
                        return step % 2 == 0;
                    }
                };
        TrainingStrategy counted =
                game -> {
                    gan.getStrategy().step(game);
                    during.add(all().size());
                };
        try (GanTrainer trainer =
                TinyGames.trainer(gan, data).optStrategy(counted).addListener(counter).build()) {
            trainer.train(STEPS);

            assertThat(own.get(0)).isEqualTo(trainer.getArrays().size());
        }

        assertThat(own).containsOnly(own.get(0));
        assertThat(everywhere).containsOnly(everywhere.get(0));
        assertThat(during).allSatisfy(n -> assertThat(n).isGreaterThan(everywhere.get(0) + 10));
    }

    /** All arrays of the process that are attached anywhere. */
    private List<NDArray> all() {
        NDManager root = manager;
        while (root.getParentManager() != null && root.getParentManager() != root) {
            root = root.getParentManager();
        }
        return root.getManagedArrays();
    }

    /** Starts its computation from the weight, whose manager then owns the result. */
    private static final class CarelessBlock extends AbstractBlock {

        private final List<NDArray> made = new ArrayList<>();
        private final Parameter weight;
        private boolean attachedToWeights;

        CarelessBlock() {
            weight =
                    addParameter(
                            Parameter.builder()
                                    .setName("weight")
                                    .setType(Parameter.Type.WEIGHT)
                                    .optShape(new Shape(3, 3))
                                    .build());
        }

        @Override
        protected NDList forwardInternal(
                ParameterStore store,
                NDList inputs,
                boolean training,
                PairList<String, Object> params) {
            NDArray w = store.getValue(weight, inputs.head().getDevice(), training);
            NDArray doubled = w.add(w);
            attachedToWeights = doubled.getManager() == w.getManager();
            made.add(doubled);
            return new NDList(inputs.head().matMul(doubled));
        }

        @Override
        public Shape[] getOutputShapes(Shape[] inputShapes) {
            return inputShapes;
        }
    }
}
