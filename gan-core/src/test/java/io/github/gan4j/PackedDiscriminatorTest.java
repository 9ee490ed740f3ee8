package io.github.gan4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.LambdaBlock;
import io.github.gan4j.nn.DiffAugment;
import io.github.gan4j.penalty.R1Penalty;
import io.github.gan4j.torch.Torch;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PackedDiscriminatorTest {

    private final NDManager manager = TestSupport.newManager();

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void should_put_neighbours_one_on_the_other() {
        NDArray samples = manager.arange(24f).reshape(4, 1, 2, 3);
        PackedDiscriminator packed = packed(2, new Shape(1, 2, 3));

        NDArray packs = packed.inputs(samples, new NDList()).singletonOrThrow();

        assertThat(packs.getShape()).isEqualTo(new Shape(2, 2, 2, 3));
        assertThat(packs.get("1, 0")).isEqualTo(samples.get("2, 0"));
        assertThat(packs.get("1, 1")).isEqualTo(samples.get("3, 0"));
        assertThat(packed.getInputShapes()).containsExactly(new Shape(2, 2, 3));
        assertThat(packed.getSampleShape()).isEqualTo(new Shape(1, 2, 3));
    }

    @Test
    void should_pack_points() {
        NDArray samples = manager.arange(12f).reshape(6, 2);

        NDArray packs = packed(3, new Shape(2)).inputs(samples, new NDList()).head();

        assertThat(packs.getShape()).isEqualTo(new Shape(2, 6));
        assertThat(packs.toFloatArray()).isEqualTo(samples.toFloatArray());
    }

    @Test
    void should_refuse_what_cannot_be_packed() {
        assertThatThrownBy(() -> packed(0, new Shape(2)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("The packing is 0; it must be 1, for none, or more.");
        Gan gan =
                Gan.builder()
                        .setGenerator(TinyGames.generator())
                        .setDiscriminator(
                                new PackedDiscriminator(TinyGames.perceptron(1), 3, new Shape(3)))
                        .build();
        assertThatThrownBy(() -> TinyGames.trainer(gan, TinyGames.data(manager, 8, 3)).build())
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "The batch size 4 is no multiple of the packing 3; choose one that is.");
    }

    @Test
    void should_train_on_packs() {
        Gan gan =
                Gan.builder()
                        .setGenerator(TinyGames.generator())
                        .setDiscriminator(
                                new PackedDiscriminator(TinyGames.perceptron(1), 2, new Shape(3)))
                        .build();
        try (GanTrainer trainer = TinyGames.trainer(gan, TinyGames.data(manager, 8, 3)).build()) {
            Shape weight =
                    trainer.getArrays().entrySet().stream()
                            .filter(e -> e.getKey().startsWith("weights/discriminator"))
                            .map(e -> e.getValue().getShape())
                            .filter(shape -> shape.dimension() == 2)
                            .findFirst()
                            .orElseThrow();
            assertThat(weight).isEqualTo(new Shape(4, 6));
            trainer.train(3);
            assertThat(trainer.getStep()).isEqualTo(3);
        }
    }

    /** The slope of a line over packs is its weight, all of it. */
    @Test
    void should_tell_penalties_of_its_packs() {
        Discriminator line = new PackedDiscriminator(TinyGames.linear(1), 2, new Shape(3));
        Gan gan =
                TinyGames.game()
                        .setDiscriminator(new AugmentedDiscriminator(line, new LambdaBlock(x -> x)))
                        .addPenalty(new R1Penalty(2))
                        .build();
        List<StepReport> reports = new ArrayList<>();
        try (GanTrainer trainer =
                TinyGames.trainer(gan, TinyGames.data(manager, 8, 3))
                        .addListener(TrainingListener.ofReports(reports::add))
                        .build()) {
            NDArray weight = line.getBlock().getParameters().get("weight").getArray();
            assertThat(weight.getShape()).isEqualTo(new Shape(1, 6));
            float square = weight.square().sum().getFloat();
            trainer.train(1);

            assertThat(reports.get(0).values().get("discriminator/r1"))
                    .isEqualTo(square, within(1e-5f));
        }
    }

    @Test
    void should_show_the_discriminator_altered_samples_only() {
        Discriminator plain = Discriminator.of(new LambdaBlock(x -> x), true, new Shape(1, 8, 8));
        Discriminator augmented =
                new AugmentedDiscriminator(plain, new DiffAugment(DiffAugment.Policy.CUTOUT));
        NDArray samples = manager.ones(new Shape(5, 1, 8, 8));
        Torch.seed(1);

        NDArray seen = augmented.inputs(samples, new NDList()).singletonOrThrow();

        float hidden = 1 - seen.mean().getFloat();
        assertThat(hidden).isBetween(0.05f, 0.25f);
        assertThat(augmented.getSampleShape()).isEqualTo(plain.getSampleShape());
        assertThat(augmented.isSampleWise()).isTrue();
    }

    private static PackedDiscriminator packed(int pack, Shape sample) {
        return new PackedDiscriminator(new LambdaBlock(x -> x), pack, sample);
    }
}
