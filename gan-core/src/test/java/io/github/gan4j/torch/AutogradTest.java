package io.github.gan4j.torch;

import static io.github.gan4j.TestSupport.assertClose;
import static io.github.gan4j.TestSupport.centralDifferences;
import static io.github.gan4j.TestSupport.doubles;
import static io.github.gan4j.TestSupport.list;
import static io.github.gan4j.TestSupport.scalar;
import static io.github.gan4j.TestSupport.variable;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.gan4j.TestSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AutogradTest {

    private final NDManager manager = TestSupport.newManager();
    private final GradMode recording = GradMode.on();

    @BeforeEach
    void seed() {
        Torch.seed(7);
    }

    @AfterEach
    void close() {
        recording.close();
        manager.close();
    }

    @Test
    void should_differentiate_a_cube_once_and_twice() {
        NDArray x = manager.create(new float[] {-2, -0.5f, 0, 1, 3});
        x.setRequiresGradient(true);

        NDArray first =
                Autograd.differentiableGradients(manager, x.square().mul(x).sum(), list(x)).get(0);
        NDArray second = Autograd.gradients(manager, first.sum(), list(x)).get(0);

        assertClose("3x^2", doubles(first), new double[] {12, 0.75, 0, 3, 27}, 1e-5);
        assertClose("6x", doubles(second), new double[] {-12, -3, 0, 6, 18}, 1e-5);
    }

    @Test
    void should_differentiate_a_product_of_two_variables() {
        NDArray x = variable(manager, 4);
        NDArray y = variable(manager, 4);

        NDList gradients = Autograd.gradients(manager, x.square().mul(y).sum(), list(x, y));

        assertClose("2xy", gradients.get(0), x.mul(y).mul(2), 1e-12);
        assertClose("x^2", gradients.get(1), x.square(), 1e-12);
    }

    @Test
    void should_give_the_closed_form_of_a_perceptron() {
        NDArray x = variable(manager, 6, 3);
        NDArray w1 = variable(manager, 5, 3);
        NDArray w2 = variable(manager, 1, 5);

        NDArray hidden = x.matMul(w1.transpose()).tanh();
        NDArray y = hidden.matMul(w2.transpose()).sum();
        NDArray gradient = Autograd.differentiableGradients(manager, y, list(x)).get(0);

        // dy/dx = ((1 - h^2) w2) w1
        NDArray expected = hidden.square().neg().add(1).mul(w2).matMul(w1);
        assertClose("gradient", gradient, expected, 1e-12);
    }

    @Test
    void should_agree_with_finite_differences_in_the_first_order() {
        NDArray x = variable(manager, 6, 3);
        NDArray w1 = variable(manager, 5, 3);
        NDArray w2 = variable(manager, 1, 5);

        NDList gradients = Autograd.gradients(manager, loss(manager, x, w1, w2), list(w1, w2, x));

        for (int i = 0; i < 3; i++) {
            NDArray variable = list(w1, w2, x).get(i);
            double[] expected =
                    centralDifferences(
                            variable, 1e-5, () -> scalar(manager, m -> loss(m, x, w1, w2)));
            assertClose("gradient " + i, doubles(gradients.get(i)), expected, 1e-8);
        }
    }

    @Test
    void should_agree_with_finite_differences_in_the_second_order() {
        NDArray x = variable(manager, 6, 3);
        NDArray w1 = variable(manager, 5, 3);
        NDArray w2 = variable(manager, 1, 5);

        NDList gradients =
                Autograd.gradients(manager, squaredSlope(manager, x, w1, w2), list(w1, w2));

        for (int i = 0; i < 2; i++) {
            NDArray variable = list(w1, w2).get(i);
            double[] expected =
                    centralDifferences(
                            variable, 1e-5, () -> scalar(manager, m -> squaredSlope(m, x, w1, w2)));
            assertClose("gradient " + i, doubles(gradients.get(i)), expected, 1e-8);
        }
    }

    @Test
    void should_give_zeros_for_a_variable_that_plays_no_part() {
        NDArray used = variable(manager, 3);
        NDArray unused = variable(manager, 2, 2);

        NDList gradients = Autograd.gradients(manager, used.sum(), list(unused, used));
        NDList again = Autograd.differentiableGradients(manager, used.sum(), list(unused, used));

        assertThat(gradients.get(0).getShape()).isEqualTo(unused.getShape());
        assertThat(doubles(gradients.get(0))).containsOnly(0);
        assertThat(doubles(gradients.get(1))).containsOnly(1);
        assertThat(doubles(again.get(0))).containsOnly(0);
    }

    @Test
    void should_give_one_for_a_scalar_by_itself() {
        NDArray x = manager.create(3f);
        x.setRequiresGradient(true);

        assertThat(Autograd.gradients(manager, x, list(x)).get(0).getFloat()).isEqualTo(1);
    }

    @Test
    void should_leave_the_gradient_of_the_arrays_alone() {
        NDArray x = manager.create(new float[] {1, 2});
        x.setRequiresGradient(true);

        Autograd.gradients(manager, x.square().sum(), list(x));
        Autograd.gradients(manager, x.square().sum(), list(x));

        assertThat(x.getGradient().toFloatArray()).containsOnly(0);
    }

    @Test
    void should_attach_gradients_to_the_given_manager() {
        NDArray x = variable(manager, 2);
        try (NDManager target = manager.newSubManager()) {
            NDList gradients = Autograd.gradients(target, x.square().sum(), list(x));

            assertThat(gradients.get(0).getManager()).isSameAs(target);
        }
    }

    @Test
    void should_free_the_graph_of_gradients_that_are_not_differentiable() {
        NDArray x = variable(manager, 2);
        NDArray sum = x.square().sum();

        Autograd.gradients(manager, sum, list(x));

        assertThatThrownBy(() -> Autograd.gradients(manager, sum, list(x)))
                .isInstanceOf(TorchException.class)
                .hasMessageStartingWith("Trying to backward through the graph a second time");
    }

    @Test
    void should_tell_what_is_differentiable() {
        NDArray constant = manager.ones(new Shape(2));
        NDArray variable = variable(manager, 2);
        NDArray computed = constant.add(variable);

        assertThat(
                        Stream.of(constant, variable, computed, computed.stopGradient())
                                .map(Autograd::isDifferentiable))
                .containsExactly(false, true, true, false);
    }

    @Test
    void should_forget_what_has_been_computed_from_variables_and_nothing_else() {
        try (NDManager local = manager.newSubManager()) {
            NDArray variable = variable(local, 2);
            NDArray constant = local.create(new double[] {1, 2});
            NDArray fromConstants = constant.add(constant);
            NDArray product = constant.mul(variable);
            NDArray square = product.square();
            NDArray sum = square.sum();

            Autograd.forgetGraph(local, sum);

            assertThat(local.getManagedArrays())
                    .containsExactlyInAnyOrder(variable, constant, fromConstants, sum);
            NDArray gradient = Autograd.gradients(local, sum, list(variable)).get(0);
            assertThat(gradient.toDoubleArray())
                    .containsExactly(
                            2 * variable.toDoubleArray()[0], 8 * variable.toDoubleArray()[1]);
            Autograd.forgetGraph(manager.newSubManager()); // nothing to ask about
        }
    }

    @Test
    void should_fail_if_the_scalar_has_no_graph() {
        NDArray x = variable(manager, 2);
        NDArray constant = manager.create(1f);

        assertThatThrownBy(() -> Autograd.gradients(manager, constant, list(x)))
                .isInstanceOf(TorchException.class)
                .message()
                .startsWith("The scalar depends on no array that requires a gradient")
                .doesNotContain("frame #");
    }

    @Test
    void should_fail_if_the_result_is_no_scalar() {
        NDArray x = variable(manager, 2);
        NDArray vector = x.square();

        assertThatThrownBy(() -> Autograd.gradients(manager, vector, list(x)))
                .isInstanceOf(TorchException.class)
                .hasMessageStartingWith("grad can be implicitly created only for scalar outputs");
    }

    private static NDArray loss(NDManager scope, NDArray x, NDArray w1, NDArray w2) {
        NDArray y = x.matMul(w1.transpose()).tanh().matMul(w2.transpose()).square().sum();
        y.attach(scope);
        return y;
    }

    /** The squared norm of the gradient of a perceptron by its input. */
    private static NDArray squaredSlope(NDManager scope, NDArray x, NDArray w1, NDArray w2) {
        NDArray y = x.matMul(w1.transpose()).tanh().matMul(w2.transpose()).sum();
        NDArray slope = Autograd.differentiableGradients(scope, y, list(x)).get(0);
        return slope.square().sum();
    }
}
