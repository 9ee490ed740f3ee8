package io.github.gan4j.models.r3gan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import io.github.gan4j.Gan;
import io.github.gan4j.InvalidInputException;
import io.github.gan4j.SampleSpec;
import io.github.gan4j.Weights;
import io.github.gan4j.models.NetworkShapes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class R3GanTest {

    private final NDManager manager = NetworkShapes.newManager();

    @AfterEach
    void close() {
        manager.close();
    }

    @ParameterizedTest
    @CsvSource({"28, 1", "32, 3", "64, 3", "128, 1"})
    void should_make_and_score_images(int size, int channels) {
        Gan gan = small(size, channels);
        NetworkShapes.initialize(manager, gan);
        NDArray images = run(gan.getGenerator().getBlock(), noise(new Shape(64)), false);
        assertThat(images.getShape()).isEqualTo(new Shape(2, channels, size, size));
        assertThat(images.abs().max().getFloat()).isBetween(1e-6f, 1f);
        NDArray scores = run(gan.getDiscriminator().getBlock(), images, true);
        assertThat(scores.getShape()).isEqualTo(new Shape(2, 1));
        assertThat(scores.getFloat(0)).isNotEqualTo(scores.getFloat(1));
    }

    /** Blocks start as identities, so that both networks start as linear functions. */
    @Test
    void should_start_linear() {
        Gan gan = small(28, 1);
        NetworkShapes.initialize(manager, gan);
        for (Block block :
                new Block[] {gan.getGenerator().getBlock(), gan.getDiscriminator().getBlock()}) {
            Shape shape = block == gan.getGenerator().getBlock() ? new Shape(64) : spec(28, 1);
            NDArray x = noise(shape);
            NDArray y = run(block, x, true);
            NDArray negative = run(block, x.neg(), true);
            assertThat(y.abs().max().getFloat()).isGreaterThan(0.05f);
            assertThat(negative.add(y).abs().max().getFloat()).isCloseTo(0, within(1e-5f));
        }
    }

    /** At the start a picture's pixels have a variance of about 1 for each network's depth. */
    @Test
    void should_keep_the_variance_through_all_stages() {
        Gan gan = R3Gan.builder().build(new SampleSpec(new Shape(3, 64, 64), 0));
        NetworkShapes.initialize(manager, gan);
        NDArray images = run(gan.getGenerator().getBlock(), noise(new Shape(64)), true);
        // Bilinear doubling, four times over, takes a part of it.
        assertThat(images.square().mean().getFloat()).isBetween(0.05f, 2f);
    }

    @Test
    void should_cut_off_what_is_out_of_range_but_not_in_training() {
        Block clip = new Clip();
        NDArray x = manager.create(new float[] {-1.5f, 0.5f, 3});
        assertThat(run(clip, x, true).toFloatArray()).containsExactly(-1.5f, 0.5f, 3);
        assertThat(run(clip, x, false).toFloatArray()).containsExactly(-1, 0.5f, 1);
    }

    @Test
    void should_fail_if_groups_do_not_divide_the_channels() {
        SampleSpec samples = new SampleSpec(new Shape(1, 28, 28), 0);
        assertThatThrownBy(
                        () ->
                                R3Gan.builder()
                                        .optGeneratorFilters(10)
                                        .optGroupSize(16)
                                        .build(samples))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "The setting groupSize is 16, which does not divide the 20 channels inside"
                                + " a block (generatorFilters times expansion); choose another.");
        assertThatThrownBy(() -> R3Gan.builder().optBlocks(0).build(samples))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("The setting blocks is 0; it must be 1 or more.");
    }

    private static Shape spec(int size, int channels) {
        return new Shape(channels, size, size);
    }

    private static Gan small(int size, int channels) {
        return R3Gan.builder()
                .optGeneratorFilters(4)
                .optDiscriminatorFilters(4)
                .optGroupSize(4)
                .optBlocks(1)
                .build(new SampleSpec(spec(size, channels), 0));
    }

    private NDArray noise(Shape shape) {
        return manager.randomNormal(new Shape(2).addAll(shape));
    }

    private NDArray run(Block block, NDArray input, boolean training) {
        return block.forward(new Weights(manager), new NDList(input), training).singletonOrThrow();
    }
}
