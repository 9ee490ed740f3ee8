package io.github.gan4j.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.gan4j.data.GaussianMixture;
import java.util.Collections;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MixtureMeasuresTest {

    private static final GaussianMixture RING = GaussianMixture.ring(8, 1, 0.01);
    private static final GaussianMixture GRID = GaussianMixture.grid(5, 2, 0.05);

    /** The share of a Gaussian in the plane within 3 standard deviations. */
    private static final double WITHIN_3 = 1 - Math.exp(-4.5);

    private static GaussianMixture mixture(String name) {
        return name.equals("ring") ? RING : GRID;
    }

    /** Places points by their mode and offset in standard deviations. */
    private static float[] points(GaussianMixture mixture, double[]... modeAndOffset) {
        float[] points = new float[2 * modeAndOffset.length];
        for (int i = 0; i < modeAndOffset.length; i++) {
            double[] mean = mixture.getMeans()[(int) modeAndOffset[i][0]];
            for (int c = 0; c < 2; c++) {
                double offset = modeAndOffset[i][c + 1] * mixture.getStandardDeviation();
                points[2 * i + c] = (float) (mean[c] + offset);
            }
        }
        return points;
    }

    @ParameterizedTest
    @ValueSource(strings = {"ring", "grid"})
    void should_find_the_true_mixture_true(String name) {
        GaussianMixture mixture = mixture(name);
        MixtureMeasures measures = MixtureMeasures.of(mixture.sample(100_000, 5), mixture);
        assertThat(measures.samples()).isEqualTo(100_000);
        assertThat(measures.modesCovered()).isEqualTo(mixture.size());
        assertThat(measures.highQualityShare()).isEqualTo(WITHIN_3, within(0.0015));
        assertThat(measures.reverseKl()).isBetween(0.0, 0.001);
        assertThat(measures.spread()).isEqualTo(1, within(0.01));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ring", "grid"})
    void should_find_half_the_modes_missing(String name) {
        GaussianMixture mixture = mixture(name);
        int half = mixture.size() / 2;
        double[][] means = new double[half][];
        System.arraycopy(mixture.getMeans(), 0, means, 0, half);
        GaussianMixture part = new GaussianMixture(means, mixture.getStandardDeviation());
        MixtureMeasures measures = MixtureMeasures.of(part.sample(50_000, 5), mixture);
        assertThat(measures.modesCovered()).isEqualTo(half);
        assertThat(measures.histogram().subList(half, mixture.size())).containsOnly(0);
        assertThat(measures.highQualityShare()).isEqualTo(WITHIN_3, within(0.002));
        double expected = Math.log((double) mixture.size() / half);
        assertThat(measures.reverseKl()).isEqualTo(expected, within(0.001));
        assertThat(measures.spread()).isEqualTo(1, within(0.015));
    }

    @Test
    void should_tell_point_masses_by_their_spread_alone() {
        double[][] masses = new double[250][];
        for (int i = 0; i < masses.length; i++) {
            masses[i] = new double[] {i % 25, 0, 0};
        }
        MixtureMeasures measures = MixtureMeasures.of(points(GRID, masses), GRID);
        assertThat(measures.modesCovered()).isEqualTo(25);
        assertThat(measures.highQualityShare()).isEqualTo(1);
        assertThat(measures.reverseKl()).isEqualTo(0, within(1e-12));
        assertThat(measures.spread()).isEqualTo(0, within(1e-9));
    }

    @Test
    void should_find_a_spread_of_half() {
        GaussianMixture narrow = GaussianMixture.ring(8, 1, 0.005);
        MixtureMeasures measures = MixtureMeasures.of(narrow.sample(50_000, 5), RING);
        // The samples are not cut off at 3, but at 6 of their own standard deviations.
        double cut = Math.sqrt(1 - 4.5 * Math.exp(-4.5) / WITHIN_3);
        assertThat(measures.spread()).isEqualTo(0.5 / cut, within(0.005));
    }

    @Test
    void should_find_little_in_noise() {
        Random random = new Random(1);
        float[] points = new float[20_000];
        for (int i = 0; i < points.length; i++) {
            points[i] = (float) random.nextGaussian();
        }
        MixtureMeasures measures = MixtureMeasures.of(points, RING);
        // 8 discs of radius 0.03 where the density is exp(-1/2) / 2 pi.
        double expected = 8 * Math.PI * 0.03 * 0.03 * Math.exp(-0.5) / (2 * Math.PI);
        assertThat(measures.highQualityShare()).isEqualTo(expected, within(0.001));
        // A uniform disc: the variance of a coordinate is a quarter of the squared radius.
        assertThat(measures.spread()).isBetween(1.1, 1.9);
    }

    @Test
    void should_be_what_the_formulas_say() {
        float[] points =
                points(
                        RING,
                        new double[] {0, 1, 0},
                        new double[] {0, -1, 0},
                        new double[] {0, 0, 0},
                        new double[] {1, 0, 2},
                        new double[] {2, 0, 4});
        MixtureMeasures measures = MixtureMeasures.of(points, RING);
        assertThat(measures.histogram()).containsExactly(3, 1, 0, 0, 0, 0, 0, 0);
        assertThat(measures.modesCovered()).isEqualTo(2);
        assertThat(measures.highQualityShare()).isEqualTo(0.8);
        double expected = 0.75 * Math.log(0.75 * 8) + 0.25 * Math.log(0.25 * 8);
        assertThat(measures.reverseKl()).isEqualTo(expected, within(1e-12));
        // One mode has two samples or more: squares of 2 in all, over 2 coordinates and n - 1 = 2.
        double cut = Math.sqrt(1 - 4.5 * Math.exp(-4.5) / WITHIN_3);
        assertThat(measures.spread()).isEqualTo(Math.sqrt(0.5) / cut, within(1e-5));
    }

    @Test
    void should_take_the_median_of_an_even_number_of_modes() {
        float[] points =
                points(
                        RING,
                        new double[] {0, 0, 0},
                        new double[] {0, 2, 0},
                        new double[] {4, 0, 1},
                        new double[] {4, 0, 1});
        double cut = Math.sqrt(1 - 4.5 * Math.exp(-4.5) / WITHIN_3);
        // Spreads of 1 and 0.
        assertThat(MixtureMeasures.of(points, RING).spread()).isEqualTo(0.5 / cut, within(1e-5));
    }

    @Test
    void should_count_less_than_three_standard_deviations_as_high_quality() {
        float[] points = points(GRID, new double[] {12, 2.999, 0}, new double[] {12, 0, -3.001});
        assertThat(MixtureMeasures.of(points, GRID).highQualityShare()).isEqualTo(0.5);
    }

    @Test
    void should_count_what_is_not_finite_as_low_quality() {
        float[] points = {0, 0, Float.NaN, 0, 0, Float.POSITIVE_INFINITY, Float.NaN, Float.NaN};
        MixtureMeasures measures = MixtureMeasures.of(points, GRID);
        assertThat(measures.samples()).isEqualTo(4);
        assertThat(measures.highQualityShare()).isEqualTo(0.25);
        assertThat(measures.modesCovered()).isEqualTo(1);
        assertThat(measures.reverseKl()).isEqualTo(Math.log(25), within(1e-12));
        assertThat(measures.spread()).isNaN();
    }

    @Test
    void should_say_that_there_is_nothing_to_compare() {
        MixtureMeasures measures = MixtureMeasures.of(new float[] {9, 9, 9, 9}, RING);
        assertThat(measures.modesCovered()).isZero();
        assertThat(measures.highQualityShare()).isZero();
        assertThat(measures.histogram()).isEqualTo(Collections.nCopies(8, 0));
        assertThat(measures.reverseKl()).isNaN();
        assertThat(measures.spread()).isNaN();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3})
    void should_fail_if_there_are_no_points(int numbers) {
        assertThatThrownBy(() -> MixtureMeasures.of(new float[numbers], RING))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not " + numbers + " numbers");
    }
}
