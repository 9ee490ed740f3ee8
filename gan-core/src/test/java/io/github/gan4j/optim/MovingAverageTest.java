package io.github.gan4j.optim;

import static io.github.gan4j.TestSupport.list;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.gan4j.TestSupport;
import io.github.gan4j.torch.GradMode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MovingAverageTest {

    private final NDManager manager = TestSupport.newManager();

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void should_start_at_the_weights() {
        NDArray weight = manager.create(new float[] {3, -4});
        weight.setRequiresGradient(true);

        MovingAverage average = new MovingAverage(0.9, list(weight));

        NDArray copy = average.getAverages().singletonOrThrow();
        assertThat(copy.toFloatArray()).containsExactly(3, -4);
        assertThat(copy.hasGradient()).isFalse();
        weight.set(new float[] {0, 0});
        assertThat(copy.toFloatArray()).containsExactly(3, -4);
    }

    @Test
    void should_follow_the_formula_with_its_ramp() {
        double decay = 0.5;
        NDArray weight = manager.create(new float[] {1});
        MovingAverage average = new MovingAverage(decay, list(weight));
        double expected = 1;

        for (int update = 1; update <= 20; update++) {
            float value = (float) Math.sin(update);
            weight.set(new float[] {value});
            average.update(update);
            // The ramp passes 0.5 at update 8.
            double beta = update < 8 ? (1.0 + update) / (10.0 + update) : decay;
            expected = beta * expected + (1 - beta) * value;
            assertThat(average.getAverages().get(0).getFloat(0))
                    .as("update " + update)
                    .isEqualTo((float) expected, within(1e-6f));
        }
    }

    @Test
    void should_stay_where_the_weights_stay() {
        NDArray weight = manager.create(new float[] {7.25f});
        MovingAverage average = new MovingAverage(0.999, list(weight));

        for (int update = 1; update <= 50; update++) {
            average.update(update);
        }

        assertThat(average.getAverages().get(0).getFloat(0)).isEqualTo(7.25f);
    }

    @Test
    void should_average_every_array_given() {
        NDArray weight = manager.create(new float[] {0});
        weight.setRequiresGradient(true);
        NDArray statistic = manager.zeros(new Shape(2));
        MovingAverage average = new MovingAverage(0.999, list(weight, statistic));
        weight.set(new float[] {11});
        statistic.set(new float[] {22, 33});

        try (GradMode recording = GradMode.on()) {
            average.update(1); // beta = 2 / 11
        }

        assertThat(average.getAverages().get(0).getFloat(0)).isEqualTo(9, within(1e-5f));
        assertThat(average.getAverages().get(1).toFloatArray())
                .containsExactly(new float[] {18, 27}, within(1e-5f));
        assertThat(statistic.toFloatArray()).containsExactly(22, 33);
    }
}
