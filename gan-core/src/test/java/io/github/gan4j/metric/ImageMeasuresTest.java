package io.github.gan4j.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import io.github.gan4j.InvalidInputException;
import io.github.gan4j.TestSupport;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ImageMeasuresTest {

    private static final Images DISCS =
            Images.of(Pictures.discs(40, 1), 1, Pictures.SIDE, Pictures.SIDE);

    @Test
    void should_read_bytes_and_floats_as_the_same_pictures() {
        try (NDManager manager = TestSupport.newManager()) {
            NDArray floats = manager.create(new float[] {-1, 1, 0.6f, -5}).reshape(1, 2, 1, 2);
            NDArray bytes =
                    manager.create(new int[] {0, 255, 204, 0})
                            .reshape(1, 2, 1, 2)
                            .toType(DataType.UINT8, false);

            assertThat(Images.of(floats).plane(0, 0)).containsExactly(0, 1);
            assertThat(Images.of(bytes).plane(0, 0)).containsExactly(0, 1);
            assertThat(Images.of(floats).plane(0, 1))
                    .containsExactly(new double[] {0.8, 0}, within(1e-7));
            assertThat(Images.of(bytes).plane(0, 1)).containsExactly(0.8, 0);
            assertThat(Images.of(bytes).toFeatures().row(0)).containsExactly(0, 1, 0.8f, 0);
        }
    }

    @Test
    void should_refuse_pictures_that_are_none() {
        assertThatThrownBy(() -> Images.of(new float[] {0, 1, Float.NaN, 0}, 1, 1, 2))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("Picture 1 has the value NaN");
        assertThatThrownBy(() -> Images.of(new float[5], 1, 2, 2))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("no whole pictures");
        try (NDManager manager = TestSupport.newManager()) {
            NDArray flat = manager.create(new float[4]);
            assertThatThrownBy(() -> Images.of(flat))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("(N, C, H, W)");
        }
    }

    @Test
    void should_call_equal_pictures_equal() {
        assertThat(new Ssim().mean(DISCS, DISCS)).isEqualTo(1);
        assertThat(Ssim.gaussian(1.5).mean(DISCS, DISCS)).isEqualTo(1);
        assertThat(new PeakSignalToNoise().mean(DISCS, DISCS)).isInfinite();
        assertThat(new MeanAbsoluteError().mean(DISCS, DISCS)).isZero();
        assertThat(MultiScaleSsim.between(DISCS, 3, DISCS, 3)).isEqualTo(1);
        assertThat(PatchWasserstein.between(DISCS, DISCS, 1)).containsOnly(0);
    }

    @Test
    void should_refuse_pictures_that_are_too_small_or_no_pairs() {
        Images small = Images.of(new byte[2 * 36], 1, 6, 6);

        assertThatThrownBy(() -> new Ssim().between(small, 0, small, 1))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("smaller than the window of 7 x 7");
        assertThatThrownBy(() -> MultiScaleSsim.scales(10, 40))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("11 x 11");
        assertThatThrownBy(() -> PatchWasserstein.between(small, small, 1))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("7 x 7");
        assertThatThrownBy(() -> new MeanAbsoluteError().mean(small, DISCS))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("bring both to one size");
        assertThatThrownBy(
                        () -> new MeanAbsoluteError().mean(small, Images.of(new byte[36], 1, 6, 6)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("no pairs");
    }

    @Test
    void should_use_fewer_scales_of_small_pictures() {
        assertThat(MultiScaleSsim.scales(11, 11)).isEqualTo(1);
        assertThat(MultiScaleSsim.scales(28, 28)).isEqualTo(2);
        assertThat(MultiScaleSsim.scales(64, 64)).isEqualTo(3);
        assertThat(MultiScaleSsim.scales(176, 200)).isEqualTo(5);
        assertThat(MultiScaleSsim.scales(1024, 1024)).isEqualTo(5);
    }

    @Test
    void should_see_a_collapsed_generator_in_the_likeness_of_its_pictures() {
        Images same = Images.of(repeat(Pictures.discs(1, 4), 30), 1, Pictures.SIDE, Pictures.SIDE);

        double diverse = MultiScaleSsim.ofPairs(DISCS, 100, 1);

        assertThat(MultiScaleSsim.ofPairs(same, 100, 1)).isEqualTo(1);
        assertThat(diverse).isBetween(0.01, 0.9);
    }

    @Test
    void should_pair_pictures_of_one_class_only() {
        // Two pictures of each class are the same, and those of one class alone have no partner.
        float[] discs = Pictures.discs(10, 4);
        float[] twice = Arrays.copyOf(discs, 2 * discs.length);
        System.arraycopy(discs, 0, twice, discs.length, discs.length);
        Images images = Images.of(twice, 1, Pictures.SIDE, Pictures.SIDE);
        int[] labels = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1, 2, 3, 4, 5, 6, 7, 8, 99};

        assertThat(MultiScaleSsim.ofPairs(images, labels, 200, 1)).isEqualTo(1);
        assertThatThrownBy(
                        () ->
                                MultiScaleSsim.ofPairs(
                                        DISCS, IntStream.range(0, 40).toArray(), 10, 1))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("No class has two pictures");
    }

    @Test
    void should_tell_at_which_scale_pictures_differ() {
        float[] real = new float[60 * 32 * 32];
        float[] fake = new float[real.length];
        Random random = new Random(1);
        for (int i = 0; i < real.length; i++) {
            real[i] = (float) (0.05 * random.nextGaussian());
            double wave = 0.5 * Math.cos(2 * Math.PI * i / 32); // one along each row
            fake[i] = (float) (0.05 * random.nextGaussian() + wave);
        }

        double[] levels =
                PatchWasserstein.between(Images.of(real, 1, 32, 32), Images.of(fake, 1, 32, 32), 1);

        assertThat(levels).hasSize(2);
        assertThat(levels[1]).isGreaterThan(10 * levels[0]);
    }

    private static float[] repeat(float[] picture, int times) {
        float[] values = new float[picture.length * times];
        for (int i = 0; i < times; i++) {
            System.arraycopy(picture, 0, values, i * picture.length, picture.length);
        }
        return values;
    }
}
