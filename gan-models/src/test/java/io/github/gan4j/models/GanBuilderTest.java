package io.github.gan4j.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.gan4j.Domains;
import io.github.gan4j.Gan;
import io.github.gan4j.InvalidInputException;
import io.github.gan4j.Penalty;
import io.github.gan4j.Player;
import io.github.gan4j.SampleSpec;
import io.github.gan4j.models.cyclegan.CycleGan;
import io.github.gan4j.models.dcgan.Dcgan;
import io.github.gan4j.models.infogan.InfoGan;
import io.github.gan4j.models.pix2pix.Pix2Pix;
import io.github.gan4j.models.vanilla.VanillaGan;
import io.github.gan4j.optim.Updater;
import io.github.gan4j.penalty.ConsistencyPenalty;
import io.github.gan4j.penalty.WeightClipping;
import io.github.gan4j.schedule.HalfLifeSchedule;
import io.github.gan4j.strategy.UnrolledStrategy;
import io.github.gan4j.torch.Torch;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
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

    /** Refused before there are networks that the code would give a size to. */
    @Test
    void should_refuse_codes_and_packs_that_cannot_be() {
        assertRefused(
                () -> InfoGan.builder().optCategories(-3).build(DIGITS),
                "The code has categories -3 and continuous 2; neither may be below 0, and one must"
                        + " be above.");
        assertRefused(
                () -> InfoGan.builder().optCategories(99).build(DIGITS),
                "The code of 101 components is longer than the latent of 100; raise latentSize.");
        assertRefused(
                () -> InfoGan.builder().optPacking(2).build(DIGITS),
                "The auxiliary code tells something of each sample, but the discriminator judges"
                        + " packs of 2; set packing=1.");
    }

    @Test
    void should_check_what_games_of_two_domains_are_made_of() {
        Shape picture = new Shape(3, 32, 32);
        SampleSpec two = new SampleSpec(picture, 0, Domains.UNPAIRED, picture);
        assertRefused(
                () -> cycleGan(new WeightClipping()).optStrategy(new UnrolledStrategy()).build(two),
                "The strategy unrolled cannot look through the constraint clip, which has no"
                        + " gradient; use a penalty such as gp, or another strategy.");
        assertRefused(
                () -> cycleGan(new ConsistencyPenalty(10, 1, 40, true)).build(two),
                "The shift of the penalty consistency is 40, but images are 32 pixels wide or"
                        + " high; choose less.");
        assertThat(cycleGan(new ConsistencyPenalty()).build(two).getPenalties()).hasSize(1);

        SampleSpec pairs = new SampleSpec(picture, 0, Domains.PAIRED, picture);
        assertRefused(
                () -> Pix2Pix.builder().optPenalties(new ConsistencyPenalty()).build(pairs),
                "The penalty consistency moves a picture, but not the other one that the"
                        + " discriminator compares it with; use another penalty, for instance r1.");
    }

    private static CycleGan.Builder cycleGan(Penalty penalty) {
        return CycleGan.builder().optPatch(34).optBlocks(1).optPenalties(penalty);
    }

    private static void assertRefused(ThrowingCallable made, String message) {
        assertThatThrownBy(made).isInstanceOf(InvalidInputException.class).hasMessage(message);
    }

    private static Gan build(int side) {
        SampleSpec samples = new SampleSpec(new Shape(1, side, side), 0);
        Dcgan dcgan = new Dcgan();
        return dcgan.build(dcgan.newSettings(samples), samples);
    }
}
