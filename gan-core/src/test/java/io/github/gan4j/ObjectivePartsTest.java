package io.github.gan4j;

import static io.github.gan4j.TestSupport.assertClose;
import static io.github.gan4j.TestSupport.doubles;
import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.github.gan4j.loss.NonSaturatingLoss;
import io.github.gan4j.loss.WassersteinLoss;
import io.github.gan4j.penalty.GradientPenalty;
import io.github.gan4j.penalty.R1Penalty;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An objective that is differentiated part by part has the gradient of the whole. */
class ObjectivePartsTest {

    private final NDManager manager = TestSupport.newManager();

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void should_add_up_for_images_and_batch_norm() {
        check(new WassersteinLoss());
        check(new NonSaturatingLoss());
        check(new WassersteinLoss(), new R1Penalty(10));
        check(new WassersteinLoss(), new GradientPenalty(1));
        check(new NonSaturatingLoss(), new R1Penalty(10), new GradientPenalty(10));
    }

    private void check(Loss loss, Penalty... penalties) {
        List<double[]> parts = gradients(loss, List.of(penalties));
        List<Penalty> entangled = new ArrayList<>(List.of(penalties));
        entangled.add(new Entangled());
        List<double[]> whole = gradients(loss, entangled);

        assertThat(parts).hasSameSizeAs(whole);
        for (int i = 0; i < whole.size(); i++) {
            assertClose(
                    "gradient " + i + " of " + loss + List.of(penalties),
                    parts.get(i),
                    whole.get(i),
                    1e-5);
        }
    }

    private List<double[]> gradients(Loss loss, List<Penalty> penalties) {
        Gan.Builder game =
                TinyGames.imageGame(3)
                        .optLoss(loss)
                        .optGeneratorOptimizer(TinyGames.descent(0.01f))
                        .optDiscriminatorOptimizer(TinyGames.descent(0.01f));
        penalties.forEach(game::addPenalty);
        List<double[]> result = new ArrayList<>();
        TrainingStrategy look =
                g -> {
                    Round round = g.nextRound(true);
                    for (Player player : g.getGan().getPlayers()) {
                        NDList gradients = g.gradients(player, round);
                        gradients.forEach(gradient -> result.add(doubles(gradient)));
                        g.apply(player, gradients);
                    }
                };
        try (GanTrainer trainer =
                TinyGames.trainer(game.build(), TinyGames.data(manager, 24, 3, 8, 8))
                        .optStrategy(look)
                        .build()) {
            trainer.train(2);
        }
        return result;
    }

    /** Does nothing, but forbids to take the objective apart. */
    private record Entangled() implements Penalty {
        @Override
        public NDArray evaluate(Critic critic, NDArray real, NDArray fake) {
            return null;
        }

        @Override
        public boolean readsScores() {
            return true;
        }
    }
}
