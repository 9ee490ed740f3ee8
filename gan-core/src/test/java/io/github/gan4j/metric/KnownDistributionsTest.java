package io.github.gan4j.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.gan4j.InvalidInputException;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What measures say of samples about which it is known what they must say. */
class KnownDistributionsTest {

    private static final Features SET = Samples.normal(400, 8, 0, 1, 1);
    private static final Features SAME = Samples.normal(400, 8, 0, 1, 2);
    private static final Features FAR = Samples.normal(400, 8, 50, 1, 3);

    @Test
    void should_see_no_difference_if_sets_are_identical() {
        PrecisionRecall.Result pr = PrecisionRecall.between(SET, SET, 3);
        DensityCoverage.Result dc = DensityCoverage.between(SET, SET, 5);

        assertThat(pr).isEqualTo(new PrecisionRecall.Result(1, 1));
        assertThat(dc.coverage()).isEqualTo(1);
        // Each ball holds its own centre and the k - 1 samples within it.
        assertThat(dc.density()).isEqualTo(1);
        assertThat(SlicedWasserstein.between(SET, SET, 20, 1)).isZero();
        NearestNeighbors.Result nearest = NearestNeighbors.find(SET, SET, 1);
        assertThat(nearest.rows()).isEqualTo(IntStream.range(0, 400).toArray());
        assertThat(nearest.ratio()).isZero();
        assertThat(nearest.copies()).isEqualTo(1);
    }

    @Test
    void should_see_little_difference_if_distributions_are_the_same() {
        PrecisionRecall.Result pr = PrecisionRecall.between(SET, SAME, 3);
        DensityCoverage.Result dc = DensityCoverage.between(SET, SAME, 5);
        KernelDistance.Result kid = KernelDistance.between(SET, SAME, 20, 100, 1);
        NearestNeighbors.Result nearest = NearestNeighbors.find(SET, SAME, 1);

        assertThat(pr.precision()).isGreaterThan(0.7);
        assertThat(pr.recall()).isGreaterThan(0.7);
        assertThat(dc.density()).isCloseTo(1, within(0.15));
        assertThat(dc.coverage()).isGreaterThan(0.9);
        assertThat(Math.abs(kid.mean())).isLessThan(2 * kid.deviation());
        assertThat(nearest.ratio()).isCloseTo(1, within(0.1));
        assertThat(nearest.copies()).isLessThan(0.05);
    }

    @Test
    void should_see_nothing_in_common_if_sets_are_disjoint() {
        PrecisionRecall.Result pr = PrecisionRecall.between(SET, FAR, 3);
        DensityCoverage.Result dc = DensityCoverage.between(SET, FAR, 5);
        NearestNeighbors.Result nearest = NearestNeighbors.find(SET, FAR, 1);

        assertThat(pr).isEqualTo(new PrecisionRecall.Result(0, 0));
        assertThat(dc).isEqualTo(new DensityCoverage.Result(0, 0));
        assertThat(nearest.ratio()).isGreaterThan(20);
        assertThat(nearest.copies()).isZero();
        // The means differ by 50 sqrt(8) along one direction, of which others see a part.
        assertThat(SlicedWasserstein.between(SET, FAR, 200, 1))
                .isCloseTo(50 * Math.sqrt(8) * 0.2734, within(6.0));
    }

    @Test
    void should_see_half_of_the_modes_missing() {
        Features real = Samples.modes(600, 10, 10, 1);
        Features half = Samples.modes(600, 10, 5, 2);
        Features all = Samples.modes(600, 10, 10, 3);

        PrecisionRecall.Result pr = PrecisionRecall.between(real, half, 3);
        DensityCoverage.Result dc = DensityCoverage.between(real, half, 5);

        assertThat(pr.precision()).isGreaterThan(0.7);
        assertThat(pr.recall()).isBetween(0.3, 0.5);
        assertThat(dc.coverage()).isBetween(0.35, 0.5);
        assertThat(DensityCoverage.between(real, all, 5).coverage()).isGreaterThan(0.9);
        assertThat(FrechetDistance.between(Gaussian.of(real), Gaussian.of(half)))
                .isGreaterThan(20 * FrechetDistance.between(Gaussian.of(real), Gaussian.of(all)));
    }

    @Test
    void should_see_a_collapsed_generator() {
        Features point = Samples.constant(50, SET.row(5));

        PrecisionRecall.Result pr = PrecisionRecall.between(SET, point, 3);

        assertThat(pr.precision()).isEqualTo(1);
        assertThat(pr.recall()).isZero();
        assertThat(DensityCoverage.between(SET, point, 5).coverage()).isLessThan(0.1);
    }

    @Test
    void should_agree_with_the_closed_form_of_the_kernel_distance() {
        // In one dimension, of constants x and y: E (xx + 1)^3 + E (yy + 1)^3 - 2 E (xy + 1)^3.
        Features ones = Samples.constant(5, 1);
        Features twos = Samples.constant(7, 2);

        assertThat(KernelDistance.squaredMmd(ones, twos)).isEqualTo(8 + 125 - 2 * 27);
    }

    @Test
    void should_tell_the_earth_movers_distance() {
        double[] x = {0, 1, 5};
        assertThat(SlicedWasserstein.earthMover(x, new double[] {2, 3, 7})).isEqualTo(2);
        assertThat(SlicedWasserstein.earthMover(x, new double[] {1}))
                .isCloseTo(5 / 3.0, within(1e-15));
        assertThat(SlicedWasserstein.earthMover(new double[] {0, 1}, new double[] {0, 0, 1, 1}))
                .isZero();
    }

    @Test
    void should_score_1_for_one_class_and_their_number_for_all() {
        float[] sure = new float[40 * 4];
        float[] unsure = new float[40 * 4];
        Arrays.fill(unsure, 0.25f);
        for (int i = 0; i < 40; i++) {
            sure[i * 4 + i % 4] = 1;
        }

        assertThat(InceptionScore.of(Features.of(4, sure), 10))
                .isEqualTo(new InceptionScore.Result(4, 0));
        assertThat(InceptionScore.of(Features.of(4, unsure), 10))
                .isEqualTo(new InceptionScore.Result(1, 0));
    }

    @Test
    void should_count_modes_and_tell_how_even_they_are() {
        int[] even = IntStream.range(0, 2600).map(i -> i % 1000).toArray();
        int[] half = IntStream.range(0, 2600).map(i -> i % 500).toArray();

        ClassCoverage.Result all = ClassCoverage.of(IntStream.range(0, 1000).toArray(), 1000);
        ClassCoverage.Result some = ClassCoverage.of(Arrays.copyOf(half, 2500), 1000);
        ClassCoverage.Result one = ClassCoverage.of(new int[10], 1000);

        assertThat(ClassCoverage.of(even, 1000).modes()).isEqualTo(1000);
        assertThat(all.divergence()).isCloseTo(0, within(1e-12));
        assertThat(some.modes()).isEqualTo(500);
        assertThat(some.divergence()).isCloseTo(Math.log(2), within(1e-12));
        assertThat(some.entropy()).isCloseTo(Math.log(500), within(1e-12));
        assertThat(one.modes()).isEqualTo(1);
        assertThat(one.entropy()).isZero();
    }

    @Test
    void should_number_stacked_digits() {
        int[] classes =
                ClassCoverage.stack(new int[] {0, 9, 1}, new int[] {0, 9, 2}, new int[] {7, 9, 3});

        assertThat(classes).containsExactly(7, 999, 123);
    }

    @Test
    void should_see_points_on_the_modes_that_mode_counts_call_perfect() {
        Features real = Samples.modes(100, 4, 4, 1);
        int[] classes = IntStream.range(0, 100).map(i -> i % 4).toArray();
        float[][] points = new float[100][4];
        for (int i = 0; i < 100; i++) {
            points[i][i % 4] = 20;
        }

        ClassSpread.Result same = ClassSpread.between(real, classes, real, classes, 4);
        ClassSpread.Result none =
                ClassSpread.between(real, classes, Features.of(points), classes, 4);

        assertThat(same).isEqualTo(new ClassSpread.Result(1, 1));
        assertThat(none).isEqualTo(new ClassSpread.Result(0, 0));
        assertThat(ClassCoverage.of(classes, 4).divergence()).isCloseTo(0, within(1e-12));
    }

    @Test
    void should_compute_label_accuracy() {
        assertThat(LabelAccuracy.of(new int[] {0, 1, 2, 3}, new int[] {0, 1, 2, 0}))
                .isEqualTo(0.75);
        assertThatThrownBy(() -> LabelAccuracy.of(new int[2], new int[3]))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("2 labels and 3 predictions");
    }

    @Test
    void should_say_what_is_missing_if_there_are_too_few_samples() {
        Features three = Samples.normal(3, 8, 0, 1, 1);

        assertThatThrownBy(() -> PrecisionRecall.between(SET, three, 3))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("give at least 4 samples");
        assertThatThrownBy(() -> DensityCoverage.between(three, SET, 5))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("give at least 6 samples");
        assertThatThrownBy(() -> KernelDistance.between(SET, three, 10, 100, 1))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("Blocks of 100 samples cannot be drawn from 3");
        assertThatThrownBy(() -> KernelDistance.squaredMmd(SET, Features.of(8, new float[8])))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("at least 2");
        assertThatThrownBy(() -> NearestNeighbors.find(Features.of(8, new float[8]), SET, 1))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("at least 2");
        assertThatThrownBy(() -> InceptionScore.of(Features.of(2, 0.5f, 0.5f), 10))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("1 samples cannot be cut into 10 parts");
    }

    @Test
    void should_refuse_real_features_that_do_not_vary_and_rows_that_are_no_probabilities() {
        Features constant = Samples.constant(20, 0, 0, 0, 0, 0, 0, 0, 1);

        assertThatThrownBy(() -> PrecisionRecall.between(constant, SET, 3))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("same features");
        assertThatThrownBy(() -> DensityCoverage.between(constant, SET, 5))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("same features");
        assertThatThrownBy(() -> InceptionScore.of(Features.of(2, 0.5f, 0.6f), 1))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("Row 0");
        assertThatThrownBy(() -> ClassCoverage.of(new int[] {0, 10}, 10))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("Sample 1 is of class 10");
        assertThatThrownBy(() -> SlicedWasserstein.between(SET, Features.of(1, 1), 10, 1))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("size 8");
    }

    @ParameterizedTest
    @CsvSource({"fid, true", "kid, true", "swd, true", "swd-patches, true", "coverage, false"})
    void should_find_noise_worse_than_blur_and_blur_worse_than_real(String name, boolean lower) {
        Measure measure = Measures.find(name);
        Evidence real = Pictures.evidence(Pictures.discs(120, 1));

        double good = value(measure, real, Pictures.evidence(Pictures.discs(120, 2)));
        double blur =
                value(measure, real, Pictures.evidence(Pictures.blurred(Pictures.discs(120, 2))));
        double noise = value(measure, real, Pictures.evidence(Pictures.noise(120, 3)));

        assertThat(measure.isLowerBetter()).isEqualTo(lower);
        double sign = lower ? 1 : -1;
        assertThat(sign * good).isLessThan(sign * blur);
        assertThat(sign * blur).isLessThan(sign * noise);
    }

    @ParameterizedTest
    @ValueSource(strings = {"fid", "kid", "precision", "coverage", "novelty", "swd", "swd-patches"})
    void should_not_depend_on_threads_to_the_last_bit(String name) throws Exception {
        Measure measure = Measures.find(name);
        // Enough for several blocks of rows; a picture has many patches.
        int count = name.equals("swd-patches") ? 10 : 150;
        Evidence real = Pictures.evidence(Pictures.discs(count, 1));
        Evidence fake = Pictures.evidence(Pictures.blurred(Pictures.discs(count + 20, 2)));
        Map<String, Double> here = measure.evaluate(real, fake, 5);

        ForkJoinPool alone = new ForkJoinPool(1);
        ForkJoinPool many = new ForkJoinPool(7);
        try {
            assertThat(alone.submit(() -> measure.evaluate(real, fake, 5)).get()).isEqualTo(here);
            assertThat(many.submit(() -> measure.evaluate(real, fake, 5)).get()).isEqualTo(here);
        } finally {
            alone.shutdown();
            many.shutdown();
        }
    }

    private static double value(Measure measure, Evidence real, Evidence fake) {
        return measure.evaluate(real, fake, 1).get(measure.getName());
    }
}
