package io.github.gan4j.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.github.gan4j.InvalidInputException;
import io.github.gan4j.Loss;
import io.github.gan4j.TestSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a loss says beside its value; and its value where a person can work it out. */
class LossTest {

    private final NDManager manager = TestSupport.newManager();

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void should_have_the_name_that_users_call_it_by() {
        assertThat(new MinimaxLoss().getName()).isEqualTo("minimax");
        assertThat(new NonSaturatingLoss().getName()).isEqualTo("non-saturating");
        assertThat(new LeastSquaresLoss().getName()).isEqualTo("least-squares");
        assertThat(new WassersteinLoss().getName()).isEqualTo("wasserstein");
        assertThat(new HingeLoss().getName()).isEqualTo("hinge");
        assertThat(new RelativisticPairingLoss().getName()).isEqualTo("relativistic");
    }

    @Test
    void should_ask_for_real_scores_in_the_turn_of_the_generator_only_if_relativistic() {
        assertThat(new RelativisticPairingLoss().comparesScores()).isTrue();
        assertThat(new MinimaxLoss().comparesScores()).isFalse();
        assertThat(new NonSaturatingLoss().comparesScores()).isFalse();
        assertThat(new LeastSquaresLoss().comparesScores()).isFalse();
        assertThat(new WassersteinLoss().comparesScores()).isFalse();
        assertThat(new HingeLoss().comparesScores()).isFalse();
    }

    @Test
    void should_report_probabilities_where_scores_are_logits() {
        NDArray scores = array(0, (float) Math.log(3)); // 1/2 and 3/4

        for (Loss loss : new Loss[] {new MinimaxLoss(), new NonSaturatingLoss()}) {
            assertThat(loss.report(scores).getFloat()).isEqualTo(0.625f, within(1e-6f));
        }
    }

    @Test
    void should_report_mean_scores_elsewhere() {
        NDArray scores = array(-1, 4);

        for (Loss loss :
                new Loss[] {
                    new LeastSquaresLoss(),
                    new WassersteinLoss(),
                    new HingeLoss(),
                    new RelativisticPairingLoss()
                }) {
            assertThat(loss.report(scores).getFloat()).isEqualTo(1.5f);
        }
    }

    @Test
    void should_cost_log_4_at_the_equilibrium() {
        NDArray unsure = array(0, 0, 0);
        float log2 = (float) Math.log(2);

        NonSaturatingLoss loss = new NonSaturatingLoss();
        assertThat(loss.discriminatorLoss(unsure, unsure).getFloat())
                .isEqualTo(2 * log2, within(1e-6f));
        assertThat(loss.generatorLoss(null, unsure).getFloat()).isEqualTo(log2, within(1e-6f));
    }

    @Test
    void should_stop_caring_beyond_the_margin() {
        HingeLoss loss = new HingeLoss();

        assertThat(loss.discriminatorLoss(array(1, 5), array(-1, -9)).getFloat()).isZero();
        assertThat(loss.discriminatorLoss(array(0, 3), array(-3, 1)).getFloat())
                .isEqualTo(0.5f + 1f);
    }

    @ParameterizedTest
    @ValueSource(floats = {0, -0.5f, 1.01f, Float.NaN})
    void should_refuse_a_target_that_is_no_probability(float target) {
        assertThatThrownBy(() -> new NonSaturatingLoss(target))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "The target for real samples is "
                                + target
                                + "; it must be above 0 and at most 1, for instance 0.9.");
    }

    private NDArray array(float... values) {
        return manager.create(values);
    }
}
