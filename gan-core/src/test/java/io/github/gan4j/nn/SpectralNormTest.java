package io.github.gan4j.nn;

import static io.github.gan4j.TestSupport.assertClose;
import static io.github.gan4j.TestSupport.bytes;
import static io.github.gan4j.TestSupport.centralDifferences;
import static io.github.gan4j.TestSupport.doubles;
import static io.github.gan4j.TestSupport.list;
import static io.github.gan4j.TestSupport.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.training.ParameterStore;
import io.github.gan4j.InvalidInputException;
import io.github.gan4j.TestSupport;
import io.github.gan4j.Weights;
import io.github.gan4j.torch.Autograd;
import io.github.gan4j.torch.GradMode;
import io.github.gan4j.torch.Torch;
import java.nio.ByteBuffer;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SpectralNormTest {

    private static final String WEIGHT = "01Linear_weight";

    private final NDManager manager = TestSupport.newManager();
    private final GradMode recording = GradMode.on();
    private final Block layer = new SpectralNorm(LayerCases.linear(2));
    private NDArray weight;
    private NDArray u;

    @BeforeEach
    void initialize() {
        Torch.seed(1);
        layer.initialize(manager, DataType.FLOAT64, new Shape(1, 3));
        weight = layer.getParameters().get(WEIGHT).getArray();
        u = layer.getParameters().get("u").getArray();
    }

    @AfterEach
    void close() {
        recording.close();
        manager.close();
    }

    @Test
    void should_bring_the_largest_singular_value_to_one() {
        // Singular values 3 and 2 by construction: the rows are orthogonal.
        set(3, 0, 0, 0, 0, 2);
        for (int i = 0; i < 60; i++) {
            forward(true);
        }

        NDArray y = forward(identity(), false);

        assertThat(doubles(y)).containsExactly(new double[] {1, 0, 0, 0, 0, 2.0 / 3}, within(1e-9));
    }

    @Test
    void should_start_near_the_largest_singular_value() {
        double[] w = doubles(weight);
        double sigma = largestSingularValue(w);

        assertClose("y", doubles(forward(identity(), false)), transposed(w, 1 / sigma), 1e-3);
        assertThat(doubles(u.norm())[0]).isCloseTo(1, within(1e-12));
    }

    @Test
    void should_differentiate_the_raw_weight_through_its_singular_value() {
        for (int i = 0; i < 200; i++) {
            forward(true);
        }
        NDArray factors = manager.create(new double[] {1, -2, 0.5, 3, 0.3, -1}, new Shape(3, 2));

        NDArray sum = forward(identity(), false).mul(factors).sum();
        double[] gradient = doubles(Autograd.gradients(manager, sum, list(weight)).get(0));

        // With u fixed and v the best for it, sigma is stationary in both: differences see no more.
        double[] expected =
                centralDifferences(
                        weight,
                        1e-5,
                        () -> doubles(forward(identity(), false).mul(factors).sum())[0]);
        assertClose("dw", gradient, expected, 1e-7);
        // A weight that only grows changes nothing: the gradient is orthogonal to it.
        double[] w = doubles(weight);
        double along = 0;
        for (int i = 0; i < w.length; i++) {
            along += w[i] * gradient[i];
        }
        assertThat(along).isCloseTo(0, within(1e-9));
    }

    @Test
    void should_step_once_in_training_and_never_otherwise() {
        set(3, 1, 0, 0, 1, 2);
        write(u, manager.create(new double[] {0.6, 0.8}));
        ByteBuffer before = bytes(u);

        forward(false);
        assertThat(bytes(u)).isEqualTo(before);

        forward(true);
        // W W^T u, normalised; W W^T = ((10, 1), (1, 5)).
        double a = 10 * 0.6 + 0.8;
        double b = 0.6 + 5 * 0.8;
        double norm = Math.hypot(a, b);
        assertThat(doubles(u)).containsExactly(new double[] {a / norm, b / norm}, within(1e-12));
    }

    @Test
    void should_give_the_same_gradient_if_passes_follow_before_it() {
        NDList variables = list(weight);
        NDArray factors = manager.create(new double[] {1, -2, 0.5, 3, 0.3, -1}, new Shape(3, 2));
        NDArray start = u.add(0);

        NDArray sum = forward(identity(), true).mul(factors).sum();
        NDArray alone = Autograd.differentiableGradients(manager, sum, variables).get(0);
        write(u, start);
        NDArray first = forward(identity(), true).mul(factors).sum();
        forward(true);
        forward(true);
        NDArray later = Autograd.differentiableGradients(manager, first, variables).get(0);

        assertThat(bytes(later)).isEqualTo(bytes(alone));
    }

    @Test
    void should_serve_other_weights_from_the_store() {
        Parameter parameter = layer.getParameters().get(WEIGHT);
        NDArray other = manager.create(new double[] {0, 4, 0, 1, 0, 0}, new Shape(2, 3));
        ParameterStore store =
                new Weights(
                        manager,
                        Map.of(
                                parameter.getId(),
                                other,
                                layer.getParameters().get("u").getId(),
                                manager.create(new double[] {5, 0})));

        NDArray y = layer.forward(store, list(identity()), false).singletonOrThrow();

        assertThat(doubles(y)).containsExactly(new double[] {0, 0.25, 1, 0, 0, 0}, within(1e-12));
    }

    @Test
    void should_not_train_its_vector() {
        assertThat(layer.getParameters().get("u").requiresGradient()).isFalse();
        assertThat(u.hasGradient()).isFalse();
        assertThat(layer.getParameters().keys()).containsExactly("u", WEIGHT);
    }

    @Test
    void should_take_the_second_axis_of_a_transposed_convolution_for_rows() {
        Block transposed =
                new SpectralNorm(
                        ConvTranspose.builder().setFilters(7).setKernelShape(new Shape(2)).build());
        transposed.initialize(manager, DataType.FLOAT32, new Shape(1, 3, 4));

        assertThat(transposed.getParameters().get("u").getArray().getShape())
                .isEqualTo(new Shape(7));
    }

    @Test
    void should_leave_a_weight_of_zeros_finite() {
        set(0, 0, 0, 0, 0, 0);

        assertThat(doubles(forward(true))).containsOnly(0);
    }

    @Test
    void should_refuse_a_block_of_no_weight_or_of_many() {
        assertThatThrownBy(() -> new SpectralNorm(new PixelNorm()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "SpectralNorm wraps a block of one weight, and PixelNorm has 0; wrap each"
                                + " layer apart.");
        Block two = new SequentialBlock().add(LayerCases.linear(2)).add(LayerCases.linear(2));
        assertThatThrownBy(() -> new SpectralNorm(two))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("SequentialBlock has 2");
    }

    private static double largestSingularValue(double[] w) {
        double a = 0;
        double b = 0;
        double c = 0;
        for (int i = 0; i < 3; i++) {
            a += w[i] * w[i];
            b += w[i] * w[3 + i];
            c += w[3 + i] * w[3 + i];
        }
        return Math.sqrt((a + c) / 2 + Math.hypot((a - c) / 2, b));
    }

    private static double[] transposed(double[] w, double factor) {
        double[] result = new double[6];
        for (int i = 0; i < 6; i++) {
            result[i] = w[i % 2 * 3 + i / 2] * factor;
        }
        return result;
    }

    private void set(double... values) {
        write(weight, manager.create(values, new Shape(2, 3)));
    }

    private NDArray identity() {
        return manager.eye(3).toType(DataType.FLOAT64, false);
    }

    private NDArray forward(boolean training) {
        return forward(manager.ones(new Shape(1, 3), DataType.FLOAT64), training);
    }

    private NDArray forward(NDArray x, boolean training) {
        return layer.forward(new Weights(manager), list(x), training).singletonOrThrow();
    }
}
