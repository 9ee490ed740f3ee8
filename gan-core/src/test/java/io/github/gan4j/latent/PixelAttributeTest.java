package io.github.gan4j.latent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.gan4j.torch.Torch;
import java.util.function.BiPredicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PixelAttributeTest {

    private static final int SIDE = 40;

    private final NDManager manager = Torch.newManager();

    @AfterEach
    void close() {
        manager.close();
    }

    private float[] pixels(BiPredicate<Integer, Integer> bright) {
        float[] values = new float[SIDE * SIDE];
        for (int y = 0; y < SIDE; y++) {
            for (int x = 0; x < SIDE; x++) {
                values[y * SIDE + x] = bright.test(x, y) ? 1 : -1;
            }
        }
        return values;
    }

    private double of(PixelAttribute attribute, BiPredicate<Integer, Integer> bright) {
        NDArray picture = manager.create(pixels(bright), new Shape(1, 1, SIDE, SIDE));
        return attribute.of(picture)[0];
    }

    @Test
    void should_tell_brightness_and_contrast() {
        assertThat(of(PixelAttribute.BRIGHTNESS, (x, y) -> true)).isEqualTo(1);
        assertThat(of(PixelAttribute.BRIGHTNESS, (x, y) -> y < 10)).isCloseTo(0.25, within(1e-9));
        assertThat(of(PixelAttribute.CONTRAST, (x, y) -> true)).isZero();
        assertThat(of(PixelAttribute.CONTRAST, (x, y) -> y < 20)).isCloseTo(0.5, within(1e-9));
    }

    /** A bar leans by its slope, and a mirrored one by as much to the other side. */
    @Test
    void should_tell_slant() {
        assertThat(of(PixelAttribute.SLANT, (x, y) -> x > 18 && x < 22 && y > 5 && y < 35))
                .isCloseTo(0, within(1e-9));
        double right =
                of(
                        PixelAttribute.SLANT,
                        (x, y) -> Math.abs(x - (20 - 0.5 * (y - 20))) < 2 && y > 5 && y < 35);
        assertThat(right).isCloseTo(0.5, within(0.02));
        double left =
                of(
                        PixelAttribute.SLANT,
                        (x, y) -> Math.abs(x - (20 + 0.5 * (y - 20))) < 2 && y > 5 && y < 35);
        assertThat(left).isCloseTo(-0.5, within(0.02));
    }

    @Test
    void should_tell_width() {
        // A uniform distribution over 12 pixels.
        assertThat(of(PixelAttribute.WIDTH, (x, y) -> x >= 4 && x < 16))
                .isCloseTo(Math.sqrt((12 * 12 - 1) / 12.0), within(1e-6));
    }

    /** Of a long bar, whichever way it runs, about its width. */
    @Test
    void should_tell_thickness() {
        for (int width : new int[] {2, 4}) {
            double straight = of(PixelAttribute.THICKNESS, (x, y) -> x >= 10 && x < 10 + width);
            assertThat(straight / width).isBetween(1.0, 4 / Math.PI);
            double diagonal =
                    of(PixelAttribute.THICKNESS, (x, y) -> Math.abs(x - y) < width / Math.sqrt(2));
            assertThat(diagonal / width).isBetween(0.8, 1.3);
        }
        assertThat(of(PixelAttribute.THICKNESS, (x, y) -> false)).isZero();
    }

    @Test
    void should_tell_each_picture_by_the_mean_of_its_channels() {
        NDArray dark = manager.create(pixels((x, y) -> false), new Shape(1, 1, SIDE, SIDE));
        NDArray light = dark.neg();
        NDArray red = light.concat(dark, 1).concat(dark, 1);
        NDArray white = light.concat(light, 1).concat(light, 1);
        assertThat(PixelAttribute.BRIGHTNESS.of(red.concat(white)))
                .containsExactly(new double[] {1 / 3.0, 1}, within(1e-9));
        assertThat(PixelAttribute.SLANT.of(dark)).containsExactly(0);
        assertThat(PixelAttribute.BRIGHTNESS.getName()).isEqualTo("brightness");
        assertThatThrownBy(() -> PixelAttribute.WIDTH.of(manager.zeros(new Shape(3, 2))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("are no pictures");
    }
}
