package io.github.gan4j;

import static io.github.gan4j.TestSupport.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.github.gan4j.loss.NonSaturatingLoss;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DivergenceTest {

    private final NDManager manager = TestSupport.newManager();

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void should_name_the_loss_that_became_infinite_and_leave_the_weights() {
        try (GanTrainer trainer = trainer(TinyGames.game().optLoss(new BadLoss(3, 1e38f, 1)))) {
            Map<String, ByteBuffer> before = trainUpTo(trainer, 2);

            assertThatThrownBy(() -> trainer.train(5))
                    .isInstanceOf(NonFiniteTermException.class)
                    .hasMessage(
                            "Training diverged: discriminator/loss became Infinity in step 3."
                                    + " Lower the learning rates, or add a penalty.")
                    .extracting("term", "step")
                    .containsExactly("discriminator/loss", 3L);

            assertThat(bytes(trainer.getArrays())).isEqualTo(before);
            assertThat(trainer.getStep()).isEqualTo(2);
        }
    }

    @Test
    void should_name_the_loss_of_the_generator_and_leave_its_weights() {
        try (GanTrainer trainer = trainer(TinyGames.game().optLoss(new BadLoss(3, 1, Float.NaN)))) {
            Map<String, ByteBuffer> before = trainUpTo(trainer, 2);

            assertThatThrownBy(() -> trainer.train(5))
                    .isInstanceOf(NonFiniteTermException.class)
                    .hasMessageStartingWith(
                            "Training diverged: generator/loss became NaN in step 3.");

            Map<String, ByteBuffer> after = bytes(trainer.getArrays());
            assertThat(generatorOf(after)).isEqualTo(generatorOf(before));
        }
    }

    @Test
    void should_name_the_penalty_that_is_no_number() {
        Penalty broken =
                new Penalty() {
                    @Override
                    public NDArray evaluate(Critic critic, NDArray real, NDArray fake) {
                        return critic.score(real).mean().mul(Float.NaN);
                    }

                    @Override
                    public String getName() {
                        return "broken";
                    }
                };
        try (GanTrainer trainer = trainer(TinyGames.game().addPenalty(broken))) {
            Map<String, ByteBuffer> before = bytes(trainer.getArrays());

            assertThatThrownBy(() -> trainer.train(1))
                    .isInstanceOf(NonFiniteTermException.class)
                    .hasMessageStartingWith(
                            "Training diverged: discriminator/broken became NaN in step 1.");

            assertThat(bytes(trainer.getArrays())).isEqualTo(before);
        }
    }

    @Test
    void should_bear_a_report_that_is_not_finite() {
        Loss loss =
                new Loss() {
                    @Override
                    public NDArray discriminatorLoss(NDArray real, NDArray fake) {
                        return fake.mean().sub(real.mean());
                    }

                    @Override
                    public NDArray generatorLoss(NDArray real, NDArray fake) {
                        return fake.mean().neg();
                    }

                    @Override
                    public NDArray report(NDArray scores) {
                        return scores.mean().mul(Float.NaN);
                    }
                };
        try (GanTrainer trainer = trainer(TinyGames.game().optLoss(loss))) {
            trainer.train(1);
            assertThat(trainer.getStep()).isEqualTo(1);
        }
    }

    @Test
    void should_refuse_an_objective_without_terms() {
        Player player =
                Player.builder()
                        .setName("idle")
                        .setRole(Player.Role.GENERATOR)
                        .addNetwork("g", TinyGames.generator())
                        .setObjective(round -> new Terms())
                        .setOptimizer(TinyGames.descent(1))
                        .build();
        Gan gan = Gan.ofPlayers(new io.github.gan4j.strategy.AlternatingStrategy(), player);
        try (GanTrainer trainer = TinyGames.trainer(gan, TinyGames.data(manager, 8, 3)).build()) {
            assertThatThrownBy(() -> trainer.train(1))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("The objective of player idle has no term; add one.");
        }
    }

    /** The non-saturating loss until a turn comes in which it is multiplied. */
    private static final class BadLoss implements Loss {

        private final Loss loss = new NonSaturatingLoss();
        private final int badTurn;
        private final float discriminatorFactor;
        private final float generatorFactor;
        private int discriminatorTurn;
        private int generatorTurn;

        BadLoss(int badTurn, float discriminatorFactor, float generatorFactor) {
            this.badTurn = badTurn;
            this.discriminatorFactor = discriminatorFactor;
            this.generatorFactor = generatorFactor;
        }

        @Override
        public NDArray discriminatorLoss(NDArray real, NDArray fake) {
            NDArray value = loss.discriminatorLoss(real, fake);
            boolean bad = ++discriminatorTurn == badTurn;
            return bad ? value.mul(discriminatorFactor).mul(discriminatorFactor) : value;
        }

        @Override
        public NDArray generatorLoss(NDArray real, NDArray fake) {
            NDArray value = loss.generatorLoss(real, fake);
            return ++generatorTurn == badTurn ? value.mul(generatorFactor) : value;
        }
    }

    private GanTrainer trainer(Gan.Builder game) {
        return TinyGames.trainer(game.build(), TinyGames.data(manager, 8, 3)).build();
    }

    private static Map<String, ByteBuffer> trainUpTo(GanTrainer trainer, long step) {
        trainer.train(step);
        return bytes(trainer.getArrays());
    }

    private static Map<String, ByteBuffer> generatorOf(Map<String, ByteBuffer> arrays) {
        Map<String, ByteBuffer> result = new HashMap<>(arrays);
        result.keySet().removeIf(name -> !name.contains("/generator/"));
        assertThat(result).isNotEmpty();
        return result;
    }
}
