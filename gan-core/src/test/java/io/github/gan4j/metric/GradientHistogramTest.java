package io.github.gan4j.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.gan4j.InvalidInputException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GradientHistogramTest {

    private static final int SIDE = 24;

    private interface Paint {
        double at(int x, int y);
    }

    /** A picture of so many equal channels, values from -1 to 1. */
    private static Images picture(int channels, Paint paint) {
        float[] values = new float[channels * SIDE * SIDE];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) paint.at(i % SIDE, i / SIDE % SIDE);
        }
        return Images.of(values, channels, SIDE, SIDE);
    }

    private static double distance(Images a, Images b) {
        return new GradientHistogram().between(a, 0, b, 0);
    }

    @Test
    void should_put_a_slope_into_the_bin_of_its_direction() {
        // Angles of the gradient, and the ninths of a half turn that hold them.
        double[] degrees = {10, 50, 90, 130, 170, 190};
        int[] bins = {0, 2, 4, 6, 8, 0};
        for (int i = 0; i < bins.length; i++) {
            double angle = Math.toRadians(degrees[i]);
            Images slope =
                    picture(
                            1,
                            (x, y) -> (Math.cos(angle) * x + Math.sin(angle) * y) / SIDE / 2 - 0.2);
            double[] blocks = GradientHistogram.describe(slope, 0);
            assertThat(blocks).hasSize(2 * 2 * 4 * 9);
            for (int cell = 0; cell < blocks.length; cell += 9) {
                double[] bin = Arrays.copyOfRange(blocks, cell, cell + 9);
                // Four cells share the length of a block; at the border some pixels see one axis.
                assertThat(bin[bins[i]])
                        .as("cell %d at %s degrees", cell / 9, degrees[i])
                        .isBetween(0.4, 0.51)
                        .isEqualTo(Arrays.stream(bin).max().orElseThrow());
            }
        }
    }

    @Test
    void should_be_0_for_equal_pictures_and_root_2_for_contours_at_right_angles() {
        Images across = picture(3, (x, y) -> x / (double) SIDE);
        Images down = picture(3, (x, y) -> y / (double) SIDE);
        assertThat(distance(across, across)).isZero();
        assertThat(distance(across, down)).isCloseTo(Math.sqrt(2), within(1e-6));
    }

    @Test
    void should_not_see_brightness_contrast_or_colour() {
        Random random = new Random(1);
        double[] noise = random.doubles(SIDE * SIDE).toArray();
        Images one = picture(1, (x, y) -> noise[y * SIDE + x] - 0.5);
        Images pale = picture(1, (x, y) -> noise[y * SIDE + x] / 3 + 0.1);
        assertThat(distance(one, pale)).isCloseTo(0, within(1e-3));
        Images other = picture(1, (x, y) -> noise[x * SIDE + y] - 0.5);
        assertThat(distance(one, other)).isBetween(0.2, 1.2);
    }

    @Test
    void should_take_the_channel_of_the_largest_gradient() {
        float[] values = new float[3 * SIDE * SIDE];
        for (int i = 0; i < SIDE * SIDE; i++) {
            values[i] = i % SIDE / 100f; // a gentle slope across in red
            values[2 * SIDE * SIDE + i] = i / SIDE / 30f; // a steep one down in blue
        }
        Images colours = Images.of(values, 3, SIDE, SIDE);
        Images down = picture(3, (x, y) -> y / 30.0);
        Images across = picture(3, (x, y) -> x / 100.0);
        // Along the upper and lower border there is no gradient down.
        assertThat(distance(colours, down)).isLessThan(0.1);
        assertThat(distance(colours, across)).isGreaterThan(1);
    }

    @Test
    void should_leave_flat_pictures_at_0() {
        Images flat = picture(1, (x, y) -> 0.3);
        assertThat(Arrays.stream(GradientHistogram.describe(flat, 0)).max()).hasValue(0);
    }

    @Test
    void should_fail_if_pictures_are_too_small() {
        Images small = Images.of(new float[15 * 16], 1, 15, 16);
        assertThatThrownBy(() -> new GradientHistogram().between(small, 0, small, 0))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("need 16 x 16");
    }
}
