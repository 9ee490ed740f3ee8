package io.github.gan4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Parameter;
import ai.djl.nn.core.Linear;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import io.github.gan4j.loss.NonSaturatingLoss;
import io.github.gan4j.loss.WassersteinLoss;
import io.github.gan4j.penalty.R1Penalty;
import io.github.gan4j.strategy.AlternatingStrategy;
import io.github.gan4j.strategy.SimultaneousStrategy;
import java.util.function.DoubleBinaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * The Dirac-GAN (Mescheder et al. 2018, section 2): the generator is one point theta, the data the
 * point 0, the discriminator the line psi x. Each step of gradient descent has a closed form, and
 * the theory says which of them end at the equilibrium (0, 0).
 */
class DiracGanTest {

    private static final float RATE = 0.1f;
    private static final float GAMMA = 0.8f;

    private final NDManager manager = TestSupport.newManager();

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void should_take_the_closed_form_step_of_the_non_saturating_loss() {
        check(
                game(new NonSaturatingLoss(), null),
                (theta, psi) -> -psi * sigmoid(-psi * theta),
                (theta, psi) -> theta * sigmoid(psi * theta));
    }

    @Test
    void should_take_the_closed_form_step_of_the_non_saturating_loss_with_r1() {
        check(
                game(new NonSaturatingLoss(), new R1Penalty(GAMMA)),
                (theta, psi) -> -psi * sigmoid(-psi * theta),
                (theta, psi) -> theta * sigmoid(psi * theta) + GAMMA * psi);
    }

    @Test
    void should_take_the_closed_form_step_of_the_wasserstein_loss() {
        check(game(new WassersteinLoss(), null), (theta, psi) -> -psi, (theta, psi) -> theta);
    }

    @Test
    void should_take_the_closed_form_step_of_the_wasserstein_loss_with_r1() {
        check(
                game(new WassersteinLoss(), new R1Penalty(GAMMA)),
                (theta, psi) -> -psi,
                (theta, psi) -> theta + GAMMA * psi);
    }

    /** Ten steps at once for both against the slopes worked out by hand. */
    private void check(
            Gan.Builder game, DoubleBinaryOperator slopeOfTheta, DoubleBinaryOperator slopeOfPsi) {
        try (GanTrainer trainer = trainer(game, new SimultaneousStrategy())) {
            double theta = 1;
            double psi = 0.5;
            place(trainer, 1, 0.5f);
            for (int step = 1; step <= 10; step++) {
                double nextTheta = theta - RATE * slopeOfTheta.applyAsDouble(theta, psi);
                double nextPsi = psi - RATE * slopeOfPsi.applyAsDouble(theta, psi);
                theta = nextTheta;
                psi = nextPsi;
                trainer.train(step);
                assertThat(theta(trainer)).isEqualTo((float) theta, within(1e-5f));
                assertThat(psi(trainer)).isEqualTo((float) psi, within(1e-5f));
            }
        }
    }

    /** Simultaneous descent on the bilinear game multiplies the squared radius by 1 + rate^2. */
    @Test
    void should_spiral_outwards_without_a_penalty() {
        try (GanTrainer trainer =
                trainer(game(new WassersteinLoss(), null), new SimultaneousStrategy())) {
            place(trainer, 1, 0);
            trainer.train(100);

            float radius = theta(trainer) * theta(trainer) + psi(trainer) * psi(trainer);
            assertThat(radius).isEqualTo((float) Math.pow(1 + RATE * RATE, 100), within(1e-3f));
        }
    }

    /** Alternating descent conserves theta^2 + psi^2 - rate theta psi: it runs in circles. */
    @Test
    void should_run_in_circles_if_the_players_alternate() {
        try (GanTrainer trainer =
                trainer(game(new WassersteinLoss(), null), new AlternatingStrategy())) {
            place(trainer, 1, 0);
            trainer.train(100);

            float theta = theta(trainer);
            float psi = psi(trainer);
            assertThat(theta * theta + psi * psi - RATE * theta * psi).isEqualTo(1f, within(1e-4f));
        }
    }

    @Test
    void should_come_to_rest_with_r1() {
        for (Loss loss : new Loss[] {new WassersteinLoss(), new NonSaturatingLoss()}) {
            try (GanTrainer trainer =
                    trainer(game(loss, new R1Penalty(GAMMA)), new SimultaneousStrategy())) {
                place(trainer, 1, 1);
                trainer.train(400);

                assertThat(theta(trainer)).isEqualTo(0f, within(1e-3f));
                assertThat(psi(trainer)).isEqualTo(0f, within(1e-3f));
            }
        }
    }

    private static double sigmoid(double t) {
        return 1 / (1 + Math.exp(-t));
    }

    private static Gan.Builder game(Loss loss, Penalty penalty) {
        Gan.Builder builder =
                Gan.builder()
                        .setGenerator(Generator.of(new Point(), new Shape(1)))
                        .setDiscriminator(
                                Discriminator.of(
                                        Linear.builder().setUnits(1).optBias(false).build(),
                                        new Shape(1)))
                        .optLoss(loss)
                        .optGeneratorOptimizer(TinyGames.descent(RATE))
                        .optDiscriminatorOptimizer(TinyGames.descent(RATE));
        return penalty == null ? builder : builder.addPenalty(penalty);
    }

    private GanTrainer trainer(Gan.Builder game, TrainingStrategy strategy) {
        NDArray zeros = manager.zeros(new Shape(4, 1));
        return TinyGames.trainer(game.build(), new ListedDataset(zeros))
                .optStrategy(strategy)
                .build();
    }

    private static void place(GanTrainer trainer, float theta, float psi) {
        trainer.getArrays().get("weights/generator/theta").set(new float[] {theta});
        trainer.getArrays().get("weights/discriminator/weight").set(new float[] {psi});
    }

    private static float theta(GanTrainer trainer) {
        return trainer.getArrays().get("weights/generator/theta").getFloat(0);
    }

    private static float psi(GanTrainer trainer) {
        return trainer.getArrays().get("weights/discriminator/weight").getFloat(0, 0);
    }

    /** A generator that always makes the same point. */
    private static final class Point extends AbstractBlock {

        private final Parameter theta;

        Point() {
            theta =
                    addParameter(
                            Parameter.builder()
                                    .setName("theta")
                                    .setType(Parameter.Type.OTHER)
                                    .optShape(new Shape(1))
                                    .optInitializer(ai.djl.training.initializer.Initializer.ONES)
                                    .build());
        }

        @Override
        protected NDList forwardInternal(
                ParameterStore store,
                NDList inputs,
                boolean training,
                PairList<String, Object> params) {
            NDArray z = inputs.head();
            return new NDList(z.mul(0).add(store.getValue(theta, z.getDevice(), training)));
        }

        @Override
        public Shape[] getOutputShapes(Shape[] inputShapes) {
            return inputShapes;
        }
    }
}
