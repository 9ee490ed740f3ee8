package io.github.gan4j.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.dataset.Batch;
import ai.djl.training.dataset.Record;
import io.github.gan4j.InvalidInputException;
import io.github.gan4j.data.DatasetOptions;
import io.github.gan4j.data.Datasets;
import io.github.gan4j.data.EpochSampler;
import io.github.gan4j.data.GaussianMixture;
import io.github.gan4j.metric.MixtureMeasures;
import io.github.gan4j.torch.Torch;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MixtureTest {

    private static final DatasetOptions OPTIONS = DatasetOptions.defaults();

    private static float[] read(Mixture mixture) {
        float[] points = new float[2 * (int) mixture.size()];
        float[] point = new float[2];
        for (int i = 0; i < mixture.size(); i++) {
            mixture.read(i, point);
            System.arraycopy(point, 0, points, 2 * i, 2);
        }
        return points;
    }

    @ParameterizedTest
    @CsvSource({"ring, 8, 0.01, 1, 0", "grid, 25, 0.05, -4, -4"})
    void should_open_by_name(String name, int modes, double deviation, double x, double y)
            throws IOException {
        Mixture mixture = (Mixture) Datasets.open(name, OPTIONS);
        assertThat(mixture.getName()).isEqualTo(name);
        assertThat(mixture.size()).isEqualTo(100_000);
        assertThat(mixture.getSampleShape()).isEqualTo(new Shape(2));
        assertThat(mixture.isLabelled()).isFalse();
        GaussianMixture truth = mixture.getMixture();
        assertThat(truth.size()).isEqualTo(modes);
        assertThat(truth.getStandardDeviation()).isEqualTo(deviation);
        assertThat(truth.getMeans()[0]).containsExactly(x, y);
        MixtureMeasures measures = MixtureMeasures.of(read(mixture), truth);
        assertThat(measures.modesCovered()).isEqualTo(modes);
        assertThat(measures.highQualityShare()).isEqualTo(1 - Math.exp(-4.5), within(0.0015));
        assertThat(measures.spread()).isEqualTo(1, within(0.01));
    }

    @Test
    void should_always_hold_the_same_points_and_others_to_test_with() {
        float[] points = read(Mixture.ring(OPTIONS));
        assertThat(read(Mixture.ring(OPTIONS))).isEqualTo(points);
        Mixture test = Mixture.ring(OPTIONS.withTest(true));
        assertThat(test.size()).isEqualTo(10_000);
        assertThat(read(test)).isNotEqualTo(Arrays.copyOf(points, 20_000));
    }

    @Test
    void should_give_batches_of_points() throws IOException {
        Mixture grid = Mixture.grid(OPTIONS);
        try (NDManager manager = Torch.newManager();
                Batch batch =
                        grid.getData(manager, new EpochSampler(1, 0, 100)).iterator().next()) {
            NDArray points = batch.getData().singletonOrThrow();
            assertThat(points.getShape()).isEqualTo(new Shape(100, 2));
            assertThat(points.getDataType()).isEqualTo(DataType.FLOAT32);
            assertThat(batch.getLabels()).isEmpty();
            assertThat(points.max().getFloat()).isGreaterThan(3.5f);
            Record first = grid.get(batch.getManager(), (Long) batch.getIndices().get(0));
            assertThat(first.getLabels()).isEmpty();
            assertThat(first.getData().head().toFloatArray())
                    .containsExactly(points.get(0).toFloatArray());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ring", "grid"})
    void should_fail_if_pictures_are_asked_for(String name) {
        for (DatasetOptions options :
                new DatasetOptions[] {OPTIONS.withSize(32), OPTIONS.withChannels(1)}) {
            assertThatThrownBy(() -> Datasets.open(name, options))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessage(
                            "The data set '%s' holds points of the plane, which have neither size"
                                    + " nor channels: leave out --size and --channels.",
                            name);
        }
    }
}
