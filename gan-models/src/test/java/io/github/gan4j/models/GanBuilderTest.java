package io.github.gan4j.models;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.gan4j.Gan;
import io.github.gan4j.Player;
import io.github.gan4j.SampleSpec;
import io.github.gan4j.models.dcgan.Dcgan;
import io.github.gan4j.models.vanilla.VanillaGan;
import io.github.gan4j.optim.Updater;
import io.github.gan4j.schedule.HalfLifeSchedule;
import io.github.gan4j.torch.Torch;
import org.junit.jupiter.api.Test;

class GanBuilderTest {

    private static final SampleSpec DIGITS = new SampleSpec(new Shape(1, 28, 28), 10);

    @Test
    void should_halve_the_learning_rate() {
        Gan gan =
                VanillaGan.builder()
                        .optGeneratorLearningRate(0.5)
                        .optSchedules(new HalfLifeSchedule(2))
                        .build(DIGITS);
        Player generator = gan.getPlayers(Player.Role.GENERATOR).get(0);
        try (NDManager manager = Torch.newManager()) {
            NDList weight = new NDList(manager.zeros(new Shape(1)));
            Updater updater = generator.getOptimizer().newUpdater(weight);
            float before = 0;
            // With a constant gradient each step of Adam is as long as the learning rate.
            for (int update = 1; update <= 5; update++) {
                updater.update(new NDList(manager.ones(new Shape(1))), update);
                float now = weight.get(0).getFloat();
                float expected = (float) (0.5 * Math.pow(0.5, (update - 1) / 2.0));
                assertThat(before - now)
                        .isCloseTo(expected, org.assertj.core.data.Offset.offset(1e-5f));
                before = now;
            }
        }
    }

    @Test
    void should_take_the_defaults_of_the_size() {
        Gan small = build(28);
        Gan large = build(64);

        assertThat(small.getGenerator().getLatentShape()).isEqualTo(new Shape(32));
        assertThat(large.getGenerator().getLatentShape()).isEqualTo(new Shape(100));
    }

    private static Gan build(int side) {
        SampleSpec samples = new SampleSpec(new Shape(1, side, side), 0);
        Dcgan dcgan = new Dcgan();
        return dcgan.build(dcgan.newSettings(samples), samples);
    }
}
