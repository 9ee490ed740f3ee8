package io.github.gan4j.latent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.gan4j.torch.Torch;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AttributeDirectionTest {

    private static final int COUNT = 4000;
    private static final int SIZE = 3;

    private final Random random = new Random(1);
    private final float[] latents = new float[COUNT * SIZE];

    /**
     * An attribute that is 3 a - c, and noise of a variance of 10 on top of that: it explains half.
     */
    private AttributeDirection fit(double scale, int classes, boolean... fixed) {
        double[] scores = new double[COUNT];
        for (int i = 0; i < latents.length; i++) {
            latents[i] = (float) (scale * random.nextGaussian());
        }
        for (int i = 0; i < COUNT; i++) {
            double noise = scale * Math.sqrt(10) * random.nextGaussian();
            scores[i] = 3 * latents[i * SIZE] - latents[i * SIZE + 2] + noise;
            scores[i] += 100 * (i % classes); // a class differs from another more than anything
        }
        return AttributeDirection.fit(PixelAttribute.WIDTH, latents, scores, classes, fixed);
    }

    @Test
    void should_find_the_direction_and_what_it_explains() {
        AttributeDirection found = fit(1, 1, new boolean[SIZE]);
        assertThat(found.getUnit())
                .containsExactly(
                        new double[] {3 / Math.sqrt(10), 0, -1 / Math.sqrt(10)}, within(0.05));
        assertThat(found.getExplained()).isCloseTo(0.5, within(0.04));
        assertThat(found.getDeviation()).isCloseTo(Math.sqrt(20), within(0.2));
        assertThat(found.getName()).isEqualTo("width");
    }

    @Test
    void should_find_what_classes_have_in_common() {
        AttributeDirection found = fit(1, 4, new boolean[SIZE]);
        assertThat(found.getUnit()[0]).isCloseTo(3 / Math.sqrt(10), within(0.05));
        assertThat(found.getExplained()).isCloseTo(0.5, within(0.04));
    }

    @Test
    void should_leave_categories_alone() {
        AttributeDirection found = fit(1, 1, true, false, false);
        assertThat(found.getUnit()[0]).isZero();
        assertThat(found.getUnit()[2]).isCloseTo(-1, within(0.1));
        assertThat(found.getExplained()).isLessThan(0.1);
    }

    /** Of latents that vary less a walk goes less far. */
    @Test
    void should_walk_along_the_direction_and_change_nothing_else() {
        AttributeDirection found = fit(0.5, 1, new boolean[SIZE]);
        double[] unit = found.getUnit();
        try (NDManager manager = Torch.newManager()) {
            NDArray start = manager.create(new float[] {1, 2, 3, -1, 0, 1}, new Shape(2, SIZE));
            for (double way : new double[] {0, 0.25, 1}) {
                float[] moved = found.move(start, way).toFloatArray();
                for (int row = 0; row < 2; row++) {
                    double along = 0;
                    double change = 0;
                    for (int k = 0; k < SIZE; k++) {
                        int i = row * SIZE + k;
                        along += unit[k] * moved[i];
                        change += unit[k] * (moved[i] - start.toFloatArray()[i]);
                    }
                    assertThat(along).isCloseTo(2 * 0.5 * (2 * way - 1), within(0.05));
                    for (int k = 0; k < SIZE; k++) {
                        int i = row * SIZE + k;
                        assertThat(moved[i] - start.toFloatArray()[i])
                                .isCloseTo((float) (change * unit[k]), within(1e-5f));
                    }
                }
            }
            assertThat(start.toFloatArray()).containsExactly(1, 2, 3, -1, 0, 1);
        }
    }

    @Test
    void should_find_nothing_where_nothing_changes() {
        double[] scores = new double[COUNT];
        AttributeDirection found =
                AttributeDirection.fit(PixelAttribute.WIDTH, latents, scores, 1, new boolean[SIZE]);
        assertThat(found.getUnit()).containsOnly(0);
        assertThat(found.getExplained()).isZero();
        try (NDManager manager = Torch.newManager()) {
            NDArray start = manager.create(new float[] {1, 2, 3}, new Shape(1, SIZE));
            assertThat(found.move(start, 1).toFloatArray()).containsExactly(1, 2, 3);
        }
    }
}
