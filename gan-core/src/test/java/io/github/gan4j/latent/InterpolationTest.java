package io.github.gan4j.latent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.gan4j.torch.Torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InterpolationTest {

    private NDManager manager;

    @BeforeEach
    void setUp() {
        manager = Torch.newManager();
    }

    @AfterEach
    void tearDown() {
        manager.close();
    }

    private NDArray latent(float... values) {
        return manager.create(values);
    }

    private static double norm(NDArray latent) {
        return Math.sqrt(latent.square().sum().getFloat());
    }

    @ParameterizedTest
    @ValueSource(floats = {0, 0.1f, 0.5f, 0.9f, 1})
    void should_stay_on_the_sphere(float way) {
        Torch.seed(1);
        NDArray from = manager.randomNormal(new Shape(100));
        NDArray to = manager.randomNormal(new Shape(100));
        from = from.div(norm(from));
        to = to.div(norm(to));
        assertThat(norm(Interpolation.spherical(from, to, way))).isCloseTo(1, within(1e-5));
    }

    @Test
    void should_begin_and_end_at_the_latents() {
        NDArray from = latent(1, 2, 3);
        NDArray to = latent(-2, 0.5f, 4);
        assertThat(Interpolation.spherical(from, to, 0).toFloatArray())
                .containsExactly(new float[] {1, 2, 3}, within(1e-6f));
        assertThat(Interpolation.spherical(from, to, 1).toFloatArray())
                .containsExactly(new float[] {-2, 0.5f, 4}, within(1e-6f));
    }

    @Test
    void should_pass_equal_angles_in_equal_parts() {
        NDArray third = Interpolation.spherical(latent(1, 0), latent(0, 1), 1 / 3f);
        assertThat(third.toFloatArray())
                .containsExactly(
                        new float[] {(float) Math.cos(Math.PI / 6), (float) Math.sin(Math.PI / 6)},
                        within(1e-6f));
    }

    @Test
    void should_go_straight_between_parallel_latents() {
        NDArray from = latent(1, 2, 2);
        assertThat(Interpolation.spherical(from, from.mul(3), 0.5f).toFloatArray())
                .containsExactly(new float[] {2, 4, 4}, within(1e-4f));
        assertThat(Interpolation.spherical(from, from, 0.3f).toFloatArray())
                .containsExactly(new float[] {1, 2, 2}, within(1e-4f));
    }

    @Test
    void should_give_finite_latents_between_opposite_ones() {
        Torch.seed(2);
        NDArray from = manager.randomNormal(new Shape(100));
        for (float way : new float[] {0, 0.25f, 0.5f, 1}) {
            NDArray between = Interpolation.spherical(from, from.neg(), way);
            assertThat(norm(between)).isLessThan(norm(from) * 1.001);
        }
    }

    @Test
    void should_take_latents_of_any_shape() {
        NDArray from = manager.ones(new Shape(2, 3, 4));
        NDArray to = manager.arange(24f).reshape(2, 3, 4);
        assertThat(Interpolation.spherical(from, to, 0.5f).getShape())
                .isEqualTo(new Shape(2, 3, 4));
    }
}
