package io.github.gan4j.metric;

import static io.github.gan4j.TestSupport.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import io.github.gan4j.TestSupport;
import io.github.gan4j.run.Safetensors;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every measure against values that numpy and scipy computed from the published definitions. */
class MeasureReferenceTest {

    private static final Safetensors REFERENCE = TestSupport.reference("metrics");

    private final Features real = features("real");
    private final Features fake = features("fake");

    @Test
    void should_fit_mean_and_covariance() {
        Gaussian gaussian = Gaussian.of(real);

        assertClose("mean", gaussian.getMean(), doubles("mean"), 1e-12);
        assertClose("covariance", gaussian.covariance(), doubles("cov"), 1e-12);
    }

    @Test
    void should_compute_frechet_distance() {
        double distance = FrechetDistance.between(Gaussian.of(real), Gaussian.of(fake));

        assertRelative(distance, "fid", 1e-9);
        assertRelative(distance, "fid_root", 1e-9);
    }

    @Test
    void should_compute_frechet_distance_if_covariances_are_singular() {
        Gaussian few = Gaussian.of(features("few/real"));
        Gaussian others = Gaussian.of(features("few/fake"));

        assertRelative(FrechetDistance.between(few, others), "few/fid", 1e-7);
        assertRelative(FrechetDistance.between(others, few), "few/fid", 1e-7);
    }

    @Test
    void should_compute_kernel_distance_over_blocks() {
        KernelDistance.Result result =
                KernelDistance.overBlocks(real, fake, rows("kid/real"), rows("kid/fake"));

        double[] expected = doubles("kid");
        assertThat(result.mean()).isCloseTo(expected[0], within(1e-10 * expected[0]));
        assertThat(result.deviation()).isCloseTo(expected[1], within(1e-10 * expected[1]));
        assertRelative(KernelDistance.squaredMmd(real, fake), "mmd", 1e-10);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 10})
    void should_compute_inception_score(int splits) {
        InceptionScore.Result result = InceptionScore.of(features("probabilities"), splits);

        double[] expected = doubles("isc" + splits);
        assertThat(result.mean()).isCloseTo(expected[0], within(1e-10));
        assertThat(result.deviation()).isCloseTo(expected[1], within(1e-10));
    }

    @Test
    void should_compute_precision_recall_density_and_coverage() {
        PrecisionRecall.Result three = PrecisionRecall.between(real, fake, 3);
        DensityCoverage.Result five = DensityCoverage.between(real, fake, 5);

        assertRelative(three.precision(), "precision", 1e-12);
        assertRelative(three.recall(), "recall", 1e-12);
        assertRelative(five.density(), "density", 1e-12);
        assertRelative(five.coverage(), "coverage", 1e-12);
    }

    @Test
    void should_keep_distances_exact_if_features_are_far_from_the_origin() {
        Features wide = features("wide");
        Features left = wide.select(LongStream.range(0, 40).mapToInt(i -> (int) i).toArray());
        Features right = wide.select(LongStream.range(40, 80).mapToInt(i -> (int) i).toArray());

        double[] third = SquaredDistances.toNeighbor(wide, 3);
        PrecisionRecall.Result pr = PrecisionRecall.between(left, right, 3);
        DensityCoverage.Result dc = DensityCoverage.between(left, right, 3);

        assertClose("squared distances", third, doubles("wide/third"), 1e-7 * third[0]);
        double[] prdc = {pr.precision(), pr.recall(), dc.density(), dc.coverage()};
        assertClose("prdc", prdc, doubles("wide/prdc"), 1e-12);
    }

    @Test
    void should_find_equal_rows_exactly_0_apart() {
        double[] nearest = SquaredDistances.toNeighbor(features("wide"), 1);

        assertThat(nearest[3]).isZero();
        assertThat(nearest[7]).isZero();
        assertThat(nearest[4]).isPositive();
    }

    @Test
    void should_compute_sliced_wasserstein_distance_of_sets_of_different_sizes() {
        double distance = SlicedWasserstein.between(real, fake, features("directions"));

        assertRelative(distance, "swd", 1e-10);
    }

    @ParameterizedTest
    @ValueSource(strings = {"grey", "colour", "large"})
    void should_compare_pairs_of_pictures(String name) {
        Images a = images(name + "/a");
        Images b = images(name + "/b");

        compare("ssim", new Ssim(), a, b, name);
        compare("ssim_gaussian", Ssim.gaussian(1.5), a, b, name);
        compare("psnr", new PeakSignalToNoise(), a, b, name);
        compare("mae", new MeanAbsoluteError(), a, b, name);
        compare("hog", new GradientHistogram(), a, b, name);
        double[] histograms = GradientHistogram.describe(a, 0);
        assertClose("hog_a", histograms, doubles("images/" + name + "/hog_a"), 1e-9);
    }

    private static void compare(
            String key, PairedMeasure measure, Images a, Images b, String name) {
        double[] expected = doubles("images/" + name + "/" + key);
        double[] values = new double[expected.length];
        double sum = 0;
        for (int i = 0; i < values.length; i++) {
            values[i] = measure.between(a, i, b, i);
            sum += expected[i];
        }
        assertClose(key, values, expected, 1e-9);
        assertThat(measure.mean(a, b)).isCloseTo(sum / values.length, within(1e-9));
    }

    @ParameterizedTest
    @ValueSource(strings = {"grey", "colour", "large"})
    void should_compute_multi_scale_similarity(String name) {
        Images a = images(name + "/a");
        Images b = images(name + "/b");
        int scales = TestSupport.json(REFERENCE.getMetadata().get("scales")).get(name).asInt();

        double[] expected = doubles("ms_ssim/" + name);
        double[] values = new double[expected.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = MultiScaleSsim.between(a, i, b, i);
        }

        assertThat(MultiScaleSsim.scales(a.getHeight(), a.getWidth())).isEqualTo(scales);
        assertClose("MS-SSIM", values, expected, 1e-9);
    }

    @Test
    void should_build_laplacian_pyramid() {
        Images images = images("grey/a");
        LaplacianPyramid.Plane plane =
                new LaplacianPyramid.Plane(
                        images.plane(0, 0), images.getHeight(), images.getWidth());

        List<LaplacianPyramid.Plane> levels = LaplacianPyramid.of(plane, 3);

        for (int i = 0; i < 3; i++) {
            String key = "pyramid/" + i;
            assertThat((long) levels.get(i).width()).isEqualTo(REFERENCE.getShape(key).get(1));
            assertClose(key, levels.get(i).values(), doubles(key), 1e-12);
        }
    }

    private static void assertRelative(double actual, String key, double tolerance) {
        double expected = doubles(key)[0];
        assertThat(actual).as(key).isCloseTo(expected, within(tolerance * Math.abs(expected)));
    }

    private static Features features(String key) {
        try (NDManager manager = TestSupport.newManager()) {
            return Features.of(REFERENCE.get(manager, key));
        }
    }

    private static double[] doubles(String key) {
        try (NDManager manager = TestSupport.newManager()) {
            return TestSupport.doubles(REFERENCE.get(manager, key));
        }
    }

    private static int[][] rows(String key) {
        int columns = (int) REFERENCE.getShape(key).get(1);
        double[] values = doubles(key);
        int[][] rows = new int[values.length / columns][columns];
        for (int i = 0; i < values.length; i++) {
            rows[i / columns][i % columns] = (int) values[i];
        }
        return rows;
    }

    private static Images images(String key) {
        double[] values = doubles("images/" + key);
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) values[i];
        }
        long[] shape = REFERENCE.getShape("images/" + key).getShape();
        return Images.of(bytes, (int) shape[1], (int) shape[2], (int) shape[3]);
    }
}
