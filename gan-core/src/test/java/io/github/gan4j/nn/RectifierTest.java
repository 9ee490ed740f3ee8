package io.github.gan4j.nn;

import static io.github.gan4j.TestSupport.doubles;
import static io.github.gan4j.TestSupport.list;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import io.github.gan4j.InvalidInputException;
import io.github.gan4j.TestSupport;
import io.github.gan4j.Weights;
import io.github.gan4j.torch.Autograd;
import io.github.gan4j.torch.GradMode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RectifierTest {

    private final NDManager manager = TestSupport.newManager();
    private final GradMode recording = GradMode.on();

    @AfterEach
    void close() {
        recording.close();
        manager.close();
    }

    @Test
    void should_refuse_slopes_that_are_none() {
        assertThatThrownBy(() -> Rectifier.leaky(1))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("The slope must be from 0 up to 1, not 1.0.");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void should_leave_the_input_of_the_layer_as_it_is(boolean twice) {
        NDArray x = manager.create(new float[] {-2, 0, 3});
        x.setRequiresGradient(true);

        NDArray y = forward(new Rectify(Rectifier.leaky(0.5)), x, twice);

        assertThat(doubles(y)).containsExactly(-1, 0, 3);
        assertThat(doubles(x)).containsExactly(-2, 0, 3);
        NDArray gradient = Autograd.gradients(manager, y.sum(), list(x)).singletonOrThrow();
        assertThat(doubles(gradient)).containsExactly(0.5, 0.5, 1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void should_rectify_the_output_of_a_linear_layer(boolean twice) {
        Block block = new Linear(2, true, Rectifier.relu());
        block.initialize(manager, DataType.FLOAT32, new Shape(1, 1));
        block.getParameters().get("weight").getArray().set(new float[] {2, -2});
        NDArray x = manager.create(new float[] {-1, 3}, new Shape(2, 1));

        assertThat(doubles(forward(block, x, twice)))
                .usingElementComparator((a, b) -> Double.compare(a + 0, b + 0)) // 0 equals -0
                .containsExactly(0, 2, 6, 0);
    }

    /** The bias moves no slope, and only through the forward pass could it seem to. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void should_lead_second_derivatives_not_through_the_forward_pass(boolean twice) {
        Block block = new Linear(2, true, Rectifier.leaky(0.2));
        block.initialize(manager, DataType.FLOAT32, new Shape(1, 3));
        block.getParameters().get("weight").getArray().setRequiresGradient(false);
        NDArray x = manager.randomNormal(new Shape(4, 3));
        x.setRequiresGradient(true);

        NDArray sum = forward(block, x, twice).sum();
        NDArray slope = Autograd.differentiableGradients(manager, sum, list(x)).singletonOrThrow();

        assertThat(Autograd.isDifferentiable(slope)).isEqualTo(!twice);
    }

    @Test
    void should_forget_what_is_differentiated_twice_when_the_scope_ends() {
        try (SecondOrder outer = SecondOrder.on()) {
            SecondOrder.on().close();
            assertThat(SecondOrder.isOn()).isTrue();
        }
        assertThat(SecondOrder.isOn()).isFalse();
    }

    private NDArray forward(Block block, NDArray x, boolean twice) {
        if (!twice) {
            return block.forward(new Weights(manager), list(x), true).singletonOrThrow();
        }
        try (SecondOrder scope = SecondOrder.on()) {
            return forward(block, x, false);
        }
    }
}
