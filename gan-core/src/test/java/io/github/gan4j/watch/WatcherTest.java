package io.github.gan4j.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gan4j.StepReport;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a watcher makes of figures. Whether games give such figures, the other tests tell. */
class WatcherTest {

    private final List<Warning> warnings = new ArrayList<>();
    private Watcher watcher = newWatcher();
    private long step;

    private Watcher newWatcher() {
        return Watcher.builder().optEvery(1).optListener(warnings::add).build();
    }

    private void show(Map<String, Float> values) {
        watcher.onStep(null, new StepReport(++step, 0, values, 1));
    }

    private void showNorm(double norm) {
        show(Map.of("generator/gradient norm", (float) norm));
    }

    private void showScores(double loss, double real, double fake) {
        Map<String, Float> values = new LinkedHashMap<>();
        values.put("discriminator/loss", (float) loss);
        values.put("discriminator/D(real)", (float) real);
        values.put("discriminator/D(fake)", (float) fake);
        show(values);
    }

    @Test
    void should_tell_of_gradients_that_explode_once_until_they_have_calmed() {
        for (int i = 0; i < 40; i++) {
            showNorm(i % 2 == 0 ? 0.5 : 2);
        }
        for (int i = 0; i < 10; i++) {
            showNorm(500);
        }
        assertThat(warnings).hasSize(1);
        assertThat(warnings.get(0).symptom()).isEqualTo(Symptom.EXPLODING_GRADIENT);
        assertThat(warnings.get(0).step()).isEqualTo(43);
        assertThat(warnings.get(0).message())
                .isEqualTo(
                        "The gradient of the generator explodes: its norm is 500 and was about"
                                + " 1.01. Lower the learning rates, or add a penalty such as"
                                + " r1=10.");
        assertThat(watcher.isHealthy()).isFalse();
        for (int i = 0; i < 3; i++) {
            showNorm(1);
        }
        assertThat(watcher.isHealthy()).isTrue();
        for (int i = 0; i < 3; i++) {
            showNorm(500);
        }
        assertThat(warnings).hasSize(2);
    }

    /** Weights whose gradients are long already are none to go back to. */
    @Test
    void should_find_nothing_healthy_that_begins_to_explode() {
        for (int i = 0; i < 40; i++) {
            showNorm(1);
        }
        assertThat(watcher.isHealthy()).isTrue();
        showNorm(500);
        assertThat(warnings).isEmpty();
        assertThat(watcher.isHealthy()).isFalse();
        showNorm(1);
        assertThat(watcher.isHealthy()).isTrue();
    }

    @Test
    void should_leave_single_peaks_and_slow_growth_alone() {
        double norm = 1;
        for (int i = 0; i < 400; i++) {
            norm *= 1.03; // a hundred thousand times as long in the end
            showNorm(i % 50 == 49 ? 1000 * norm : norm);
        }
        assertThat(warnings).isEmpty();
    }

    @Test
    void should_tell_of_a_discriminator_that_is_always_right() {
        for (int i = 0; i < 700; i++) {
            showScores(0.01, 0.995, 0.004);
        }
        assertThat(warnings).hasSize(1);
        assertThat(warnings.get(0).symptom()).isEqualTo(Symptom.DISCRIMINATOR_RIGHT);
        assertThat(warnings.get(0).message())
                .startsWith("For 500 steps the discriminator has been right about all samples");
        assertThat(watcher.isHealthy()).as("it may recover").isTrue();
    }

    @Test
    void should_tell_of_a_discriminator_that_is_always_wrong() {
        for (int i = 0; i < 700; i++) {
            showScores(2, 0.3, 0.7);
        }
        assertThat(warnings).hasSize(1);
        assertThat(warnings.get(0).symptom()).isEqualTo(Symptom.DISCRIMINATOR_WRONG);
    }

    @Test
    void should_take_a_wasserstein_critic_for_what_it_is() {
        for (int i = 0; i < 700; i++) {
            showScores(-0.002, 0.003, 0.001); // with clipped weights scores are small
            showScores(-50, 60, 10);
        }
        assertThat(warnings).isEmpty();
    }

    @Test
    void should_find_a_game_in_balance_healthy() {
        for (int i = 0; i < 1500; i++) {
            double sway = Math.sin(i);
            showScores(1.2 + 0.2 * sway, 0.55 + 0.1 * sway, 0.45);
            showNorm(1 + 0.5 * sway);
        }
        assertThat(warnings).isEmpty();
    }

    @Test
    void should_go_on_from_what_another_remembered() {
        for (int i = 0; i < 41; i++) {
            showNorm(i == 40 ? 500 : 1);
        }
        String state = watcher.getState();
        watcher = newWatcher();
        watcher.setState(state);
        assertThat(watcher.getState()).isEqualTo(state);
        showNorm(500);
        assertThat(warnings).isEmpty();
        showNorm(500);
        assertThat(warnings).hasSize(1);
    }
}
