package io.github.gan4j.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.gan4j.InvalidInputException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FrechetDistanceTest {

    private static Gaussian diagonal(double[] mean, double... variances) {
        int n = mean.length;
        double[] covariance = new double[n * n];
        for (int i = 0; i < n; i++) {
            covariance[i * n + i] = variances[i];
        }
        return new Gaussian(100, mean, covariance);
    }

    @Test
    void should_agree_with_the_closed_form_if_covariances_commute() {
        Gaussian a = diagonal(new double[] {0, 1, 2}, 1, 4, 9);
        Gaussian b = diagonal(new double[] {1, 1, 0}, 4, 4, 0.25);

        // |means|^2 = 5, and the squares of differences of deviations: 1 + 0 + 6.25.
        assertThat(FrechetDistance.between(a, b)).isCloseTo(12.25, within(1e-12));
    }

    @Test
    void should_agree_with_the_closed_form_if_covariances_do_not_commute() {
        // In two dimensions tr M^(1/2) = sqrt(tr M + 2 sqrt(det M)).
        double[] a = {2, 0.7, 0.7, 1};
        double[] b = {1, -0.4, -0.4, 3};
        double trace = a[0] * b[0] + 2 * a[1] * b[1] + a[3] * b[3];
        double determinant = (a[0] * a[3] - a[1] * a[1]) * (b[0] * b[3] - b[1] * b[1]);
        double root = Math.sqrt(trace + 2 * Math.sqrt(determinant));

        assertThat(PositiveMatrix.traceOfRoot(a, b, 2)).isCloseTo(root, within(1e-12));
    }

    @Test
    void should_be_right_if_a_covariance_is_singular() {
        Gaussian point = diagonal(new double[] {0, 0}, 0, 0);
        Gaussian line = diagonal(new double[] {3, 0}, 4, 0);
        Gaussian other = diagonal(new double[] {0, 0}, 0, 9);

        assertThat(FrechetDistance.between(point, point)).isZero();
        assertThat(FrechetDistance.between(point, line)).isEqualTo(13);
        assertThat(FrechetDistance.between(line, other)).isEqualTo(22);
        assertThat(FrechetDistance.between(line, line)).isCloseTo(0, within(1e-12));
    }

    @Test
    void should_tell_the_distance_of_constant_features() {
        Gaussian real = Gaussian.of(Samples.constant(10, 0.1f, 0.7f, 3));
        Gaussian fake = Gaussian.of(Samples.constant(20, 0.1f, 0.7f, 5));

        assertThat(real.getTrace()).isZero();
        assertThat(FrechetDistance.between(real, fake)).isEqualTo(4);
    }

    @Test
    void should_be_near_nothing_if_sets_are_identical() {
        Features set = Samples.normal(200, 20, 3, 2, 1);
        Features few = Samples.normal(20, 64, 3, 2, 1);

        assertThat(FrechetDistance.between(Gaussian.of(set), Gaussian.of(set))).isLessThan(1e-9);
        assertThat(FrechetDistance.between(Gaussian.of(few), Gaussian.of(few))).isLessThan(1e-5);
    }

    @Test
    void should_approach_the_closed_form_with_many_samples() {
        Gaussian a = Gaussian.of(Samples.normal(40_000, 4, 0, 1, 1));
        Gaussian b = Gaussian.of(Samples.normal(40_000, 4, 0.5, 2, 2));

        assertThat(FrechetDistance.between(a, b)).isCloseTo(4 * 0.25 + 4, within(0.1));
    }

    @Test
    void should_not_depend_on_batches_to_the_last_bit() {
        Features all = Samples.normal(333, 17, 100, 3, 5);
        Gaussian whole = Gaussian.of(all);

        for (int batch : new int[] {1, 10, 64, 100}) {
            GaussianAccumulator accumulator = new GaussianAccumulator(17);
            for (int from = 0; from < 333; from += batch) {
                int[] rows = new int[Math.min(batch, 333 - from)];
                for (int i = 0; i < rows.length; i++) {
                    rows[i] = from + i;
                }
                accumulator.add(all.select(rows));
            }
            assertThat(accumulator.toGaussian().covariance()).isEqualTo(whole.covariance());
            assertThat(accumulator.toGaussian().mean()).isEqualTo(whole.mean());
        }
    }

    @Test
    void should_merge_accumulators() {
        Features a = Samples.normal(100, 5, 10, 1, 1);
        Features b = Samples.normal(151, 5, -10, 2, 2);
        Gaussian both = new GaussianAccumulator(5).add(a).add(b).toGaussian();

        Gaussian merged =
                new GaussianAccumulator(5)
                        .merge(new GaussianAccumulator(5))
                        .merge(new GaussianAccumulator(5).add(a))
                        .merge(new GaussianAccumulator(5).add(b))
                        .toGaussian();

        assertThat(merged.getCount()).isEqualTo(251);
        for (int i = 0; i < 5; i++) {
            assertThat(merged.getMean()[i]).isCloseTo(both.getMean()[i], within(1e-12));
            for (int j = 0; j < 5; j++) {
                assertThat(merged.getCovariance(i, j))
                        .isCloseTo(both.getCovariance(i, j), within(1e-10));
            }
        }
    }

    @Test
    void should_refuse_too_few_samples_and_features_of_other_sizes() {
        Gaussian three = Gaussian.of(Samples.normal(10, 3, 0, 1, 1));
        Gaussian four = Gaussian.of(Samples.normal(10, 4, 0, 1, 1));

        assertThatThrownBy(() -> Gaussian.of(Features.of(3, 1, 2, 3)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("at least 2 samples, not 1");
        assertThatThrownBy(() -> FrechetDistance.between(three, four))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("one extractor");
    }

    @Test
    void should_find_eigenvalues_of_a_rotated_diagonal() {
        int n = 60;
        double[] expected = new double[n];
        double[] matrix = new double[n * n];
        for (int i = 0; i < n; i++) {
            expected[i] = i < 20 ? 0 : i < 25 ? 7 : i * i; // with multiples, and singular
            matrix[i * n + i] = expected[i];
        }
        Random random = new Random(3);
        for (int turn = 0; turn < 2000; turn++) {
            int i = random.nextInt(n);
            int j = (i + 1 + random.nextInt(n - 1)) % n;
            rotate(matrix, n, i, j, random.nextDouble() * Math.PI);
        }

        double[] values = SymmetricEigenvalues.of(matrix, n);

        Arrays.sort(expected);
        for (int i = 0; i < n; i++) {
            assertThat(values[i]).isCloseTo(expected[i], within(1e-9));
        }
    }

    @Test
    void should_find_eigenvalues_of_tiny_and_of_empty_matrices() {
        assertThat(SymmetricEigenvalues.of(new double[0], 0)).isEmpty();
        assertThat(SymmetricEigenvalues.of(new double[] {-3}, 1)).containsExactly(-3);
        double[] tiny = SymmetricEigenvalues.of(new double[] {0, 1e-200, 1e-200, 0}, 2);
        assertThat(tiny[0]).isCloseTo(-1e-200, within(1e-214));
        assertThat(tiny[1]).isCloseTo(1e-200, within(1e-214));
        assertThat(SymmetricEigenvalues.of(new double[9], 3)).containsExactly(0, 0, 0);
    }

    private static void rotate(double[] matrix, int n, int i, int j, double angle) {
        double c = Math.cos(angle);
        double s = Math.sin(angle);
        for (int k = 0; k < n; k++) {
            double x = matrix[k * n + i];
            double y = matrix[k * n + j];
            matrix[k * n + i] = c * x - s * y;
            matrix[k * n + j] = s * x + c * y;
        }
        for (int k = 0; k < n; k++) {
            double x = matrix[i * n + k];
            double y = matrix[j * n + k];
            matrix[i * n + k] = c * x - s * y;
            matrix[j * n + k] = s * x + c * y;
        }
    }
}
