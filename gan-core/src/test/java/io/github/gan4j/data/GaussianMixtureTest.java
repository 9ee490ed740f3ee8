package io.github.gan4j.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class GaussianMixtureTest {

    private static final GaussianMixture GRID = GaussianMixture.grid(5, 2, 0.05);
    private static final int COUNT = 100_000;

    @Test
    void should_lay_means_on_a_ring() {
        GaussianMixture ring = GaussianMixture.ring(8, 1, 0.01);
        double half = Math.sqrt(0.5);
        double[][] expected = {
            {1, 0},
            {half, half},
            {0, 1},
            {-half, half},
            {-1, 0},
            {-half, -half},
            {0, -1},
            {half, -half}
        };
        assertThat(ring.size()).isEqualTo(8);
        for (int i = 0; i < 8; i++) {
            assertThat(ring.getMeans()[i]).containsExactly(expected[i], within(1e-15));
        }
    }

    @Test
    void should_lay_means_on_a_grid() {
        assertThat(GRID.size()).isEqualTo(25);
        assertThat(GRID.getMeans()[0]).containsExactly(-4, -4);
        assertThat(GRID.getMeans()[1]).containsExactly(-4, -2);
        assertThat(GRID.getMeans()[12]).containsExactly(0, 0);
        assertThat(GRID.getMeans()[24]).containsExactly(4, 4);
        assertThat(GRID.getStandardDeviation()).isEqualTo(0.05);
    }

    @Test
    void should_draw_what_it_describes() {
        float[] points = GRID.sample(COUNT, 3);
        int[] counts = new int[25];
        double sumX = 0;
        double sumY = 0;
        double squaresX = 0;
        double squaresY = 0;
        double products = 0;
        double fourth = 0;
        for (int i = 0; i < COUNT; i++) {
            int mode = GRID.nearest(points[2 * i], points[2 * i + 1]);
            counts[mode]++;
            double x = (points[2 * i] - GRID.getMeans()[mode][0]) / 0.05;
            double y = (points[2 * i + 1] - GRID.getMeans()[mode][1]) / 0.05;
            sumX += x;
            sumY += y;
            squaresX += x * x;
            squaresY += y * y;
            products += x * y;
            fourth += x * x * x * x;
        }
        // Tolerances of about four standard errors.
        assertThat(sumX / COUNT).isEqualTo(0, within(0.013));
        assertThat(sumY / COUNT).isEqualTo(0, within(0.013));
        assertThat(squaresX / COUNT).isEqualTo(1, within(0.018));
        assertThat(squaresY / COUNT).isEqualTo(1, within(0.018));
        assertThat(products / COUNT).isEqualTo(0, within(0.013));
        assertThat(fourth / COUNT).isEqualTo(3, within(0.13));
        assertThat(Arrays.stream(counts).min().orElseThrow()).isGreaterThan(3750);
        assertThat(Arrays.stream(counts).max().orElseThrow()).isLessThan(4250);
    }

    @Test
    void should_draw_the_same_points_everywhere_and_for_ever() {
        assertThat(GRID.sample(3, 1))
                .containsExactly(
                        4.063047f, 0.08786886f, 3.9754345f, 0.049054455f, -2.0066893f, -2.024999f);
    }

    @Test
    void should_draw_the_same_first_points_whatever_the_count() {
        float[] many = GRID.sample(50, 7);
        assertThat(GRID.sample(20, 7)).containsExactly(Arrays.copyOf(many, 40));
        assertThat(GRID.sample(20, 8)).doesNotContain(Arrays.copyOf(many, 40));
    }

    @Test
    void should_tell_the_nearest_mode_and_how_far_it_is() {
        int mode = GRID.nearest(2.1, -3.9);
        assertThat(GRID.getMeans()[mode]).containsExactly(2, -4);
        assertThat(GRID.distance(mode, 2.03, -3.96)).isEqualTo(1, within(1e-12));
        assertThat(GRID.nearest(100, 100)).isEqualTo(24);
        assertThat(GRID.nearest(1, 1)).isEqualTo(GRID.nearest(0, 0));
    }

    @Test
    void should_not_be_changed_by_its_users() {
        double[][] means = {{1, 2}};
        GaussianMixture mixture = new GaussianMixture(means, 1);
        means[0][0] = 5;
        mixture.getMeans()[0][1] = 5;
        assertThat(mixture.getMeans()[0]).containsExactly(1, 2);
    }

    @Test
    void should_fail_if_there_is_no_such_mixture() {
        assertThatThrownBy(() -> new GaussianMixture(new double[0][], 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("needs modes");
        assertThatThrownBy(() -> new GaussianMixture(new double[][] {{1, 2, 3}}, 1))
                .isInstanceOf(IllegalArgumentException.class);
        for (double deviation : new double[] {0, -1, Double.NaN}) {
            assertThatThrownBy(() -> new GaussianMixture(new double[][] {{1, 2}}, deviation))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("above 0");
        }
    }
}
