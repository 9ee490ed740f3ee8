package io.github.gan4j.torch;

import static io.github.gan4j.TestSupport.list;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.gan4j.TestSupport;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TorchFunctionTest {

    private final NDManager manager = TestSupport.newManager();
    private final GradMode recording = GradMode.on();

    @AfterEach
    void close() {
        recording.close();
        manager.close();
    }

    @Test
    void should_return_a_tensor() {
        TorchFunction function =
                TorchFunction.of("x: Tensor, y: Tensor", "return torch.add(torch.mul(x, 2), y)");

        NDArray result = function.call(manager, array(1, 2, 3), array(10, 20, 30));

        assertThat(result.toFloatArray()).containsExactly(12, 24, 36);
    }

    @Test
    void should_run_several_statements() {
        TorchFunction function =
                TorchFunction.of(
                        "x: Tensor",
                        """
                        y = torch.mul(x, x)
                        z = torch.add(y, 1)
                        return torch.neg(z)
                        """);

        assertThat(function.call(manager, array(1, 2)).toFloatArray()).containsExactly(-2, -5);
    }

    @Test
    void should_take_and_return_lists() {
        TorchFunction function =
                TorchFunction.of(
                        "x: List[Tensor], y: List[Tensor]",
                        "List[Tensor]",
                        "return [torch.add(x[0], y[1]), torch.neg(x[1]), torch.mul(y[0], 2)]");

        NDList result = function.call(manager, list(array(1), array(2)), list(array(3), array(4)));

        assertThat(result).hasSize(3);
        assertThat(result.get(0).toFloatArray()).containsExactly(5);
        assertThat(result.get(1).toFloatArray()).containsExactly(-2);
        assertThat(result.get(2).toFloatArray()).containsExactly(6);
    }

    @Test
    void should_take_a_list_of_one() {
        TorchFunction function =
                TorchFunction.of("x: List[Tensor]", "Tensor", "return torch.stack(x)");

        NDArray result = function.call(manager, list(array(1, 2))).singletonOrThrow();

        assertThat(result.getShape()).isEqualTo(new Shape(1, 2));
    }

    @Test
    void should_return_a_tuple() {
        TorchFunction function =
                TorchFunction.of(
                        "x: List[Tensor]",
                        "Tuple[Tensor, Tensor]",
                        "return (torch.neg(x[0]), torch.mul(x[0], 3))");

        NDList result = function.call(manager, list(array(1, 2)));

        assertThat(result).hasSize(2);
        assertThat(result.get(0).toFloatArray()).containsExactly(-1, -2);
        assertThat(result.get(1).toFloatArray()).containsExactly(3, 6);
    }

    @Test
    void should_take_the_same_array_twice() {
        TorchFunction product = TorchFunction.of("x: Tensor, y: Tensor", "return torch.mul(x, y)");
        TorchFunction products =
                TorchFunction.of(
                        "x: List[Tensor], y: List[Tensor]",
                        "Tensor",
                        "return torch.add(torch.mul(x[0], y[0]), torch.mul(x[1], y[1]))");
        NDArray a = array(2, 3);
        NDArray b = array(5, 7);

        assertThat(product.call(manager, a, a).toFloatArray()).containsExactly(4, 9);
        assertThat(products.call(manager, list(a, b), list(b, a)).get(0).toFloatArray())
                .containsExactly(20, 42);
        assertThat(products.call(manager, list(a, a), list(a, b)).get(0).toFloatArray())
                .containsExactly(14, 30);
    }

    @Test
    void should_let_gradients_through_both_uses_of_an_array() {
        TorchFunction product =
                TorchFunction.of(
                        "x: List[Tensor], y: List[Tensor]",
                        "Tensor",
                        "return torch.sum(torch.mul(x[0], y[0]))");
        NDArray x = array(2, 3);
        x.setRequiresGradient(true);

        NDArray sum = product.call(manager, list(x), list(x)).singletonOrThrow();
        NDArray gradient = Autograd.gradients(manager, sum, list(x)).singletonOrThrow();

        assertThat(gradient.toFloatArray()).containsExactly(4, 6);
    }

    @Test
    void should_take_arrays_whose_names_mean_something_to_djl() {
        TorchFunction single = TorchFunction.of("x: Tensor", "return torch.neg(x)");
        TorchFunction list = TorchFunction.of("x: List[Tensor]", "return torch.neg(x[0])");
        NDArray named = array(1);
        named.setName("other()");

        assertThat(single.call(manager, named).toFloatArray()).containsExactly(-1);
        assertThat(list.call(manager, list(named)).get(0).toFloatArray()).containsExactly(-1);
        assertThat(named.getName()).isEqualTo("other()");
    }

    @Test
    void should_take_numbers() {
        TorchFunction function =
                TorchFunction.of(
                        "x: List[Tensor], by: float, plus: float",
                        "return torch.add(torch.mul(x[0], by), plus)");

        NDList result = function.call(manager, List.of(list(array(1, 2))), 10, 0.5);

        assertThat(result.singletonOrThrow().toFloatArray()).containsExactly(10.5f, 20.5f);
    }

    @Test
    void should_take_numbers_of_64_bits() {
        TorchFunction function =
                TorchFunction.of("x: List[Tensor], by: float", "return torch.mul(x[0], by)");
        NDArray x = manager.create(new double[] {3});

        NDArray product = function.call(manager, List.of(list(x)), 1 / 3d).get(0);

        assertThat(product.toDoubleArray()).containsExactly(3 * (1 / 3d));
    }

    @Test
    void should_work_in_place_unrecorded() {
        TorchFunction function =
                TorchFunction.inPlace(
                        "x: List[Tensor], y: List[Tensor], by: float",
                        """
                        torch._foreach_mul_(x, y)
                        torch._foreach_mul_(x, by)
                        """);
        NDArray variable = array(1, 2);
        variable.setRequiresGradient(true);
        NDArray constant = array(4, 5);

        // libtorch refuses to change a variable where it records.
        function.callInPlace(List.of(list(variable), list(constant)), 3);
        function.callInPlace(List.of(list(constant), list(variable)), 1);

        assertThat(variable.toFloatArray()).containsExactly(12, 30);
        assertThat(constant.toFloatArray()).containsExactly(48, 150);
        assertThat(Autograd.isDifferentiable(constant)).isFalse();
    }

    @Test
    void should_take_an_empty_list() {
        TorchFunction function =
                TorchFunction.of(
                        "x: List[Tensor], y: List[Tensor]", "return torch.add(x[0], torch.len(y))");

        assertThat(function.call(manager, list(array(1)), new NDList()).get(0).toFloatArray())
                .containsExactly(1);
    }

    @Test
    void should_attach_the_result_to_the_given_manager() {
        TorchFunction function =
                TorchFunction.of("x: List[Tensor]", "List[Tensor]", "return [torch.neg(x[0])]");
        NDArray input = array(1);
        NDArray result;
        try (NDManager target = manager.newSubManager()) {
            result = function.call(target, list(input)).singletonOrThrow();
            assertThat(result.getManager()).isSameAs(target);
            assertThat(result.toFloatArray()).containsExactly(-1);
        }

        assertThatThrownBy(result::toFloatArray).isInstanceOf(IllegalStateException.class);
        assertThat(input.toFloatArray()).containsExactly(1);
    }

    @Test
    void should_let_gradients_flow() {
        TorchFunction function = TorchFunction.of("x: Tensor", "return torch.sum(torch.exp(x))");
        NDArray x = array(0, 1);
        x.setRequiresGradient(true);

        NDArray gradient =
                Autograd.gradients(manager, function.call(manager, x), list(x)).singletonOrThrow();

        assertThat(gradient.toFloatArray()).containsExactly(1, (float) Math.E);
    }

    @Test
    void should_record_nothing_while_gradients_are_off() {
        TorchFunction function = TorchFunction.of("x: Tensor", "return torch.sum(torch.exp(x))");
        NDArray x = array(0, 1);
        x.setRequiresGradient(true);

        NDArray unrecorded;
        try (GradMode off = GradMode.off()) {
            unrecorded = function.call(manager, x);
        }

        assertThatThrownBy(() -> Autograd.gradients(manager, unrecorded, list(x)))
                .isInstanceOf(TorchException.class);
    }

    @Test
    void should_compose_functions() {
        TorchFunction scale = TorchFunction.of("x: Tensor, by: Tensor", "return torch.mul(x, by)");
        TorchFunction minus = TorchFunction.of("x: Tensor, y: Tensor", "return torch.sub(x, y)");
        TorchFunction function =
                TorchFunction.compose(
                        3,
                        List.of(
                                part(scale, -1, -2), // 2x
                                part(scale, 0, -3), // 6x
                                part(minus, 1, 0))); // 4x
        NDArray x = array(1, 5);
        x.setRequiresGradient(true);

        NDArray result = function.call(manager, x, array(2), array(3));

        assertThat(result.toFloatArray()).containsExactly(4, 20);
        assertThat(
                        Autograd.gradients(manager, result.sum(), list(x))
                                .singletonOrThrow()
                                .toFloatArray())
                .containsExactly(4, 4);
    }

    @Test
    void should_name_the_part_that_failed() {
        TorchFunction neg = TorchFunction.of("x: Tensor", "return torch.neg(x)");
        TorchFunction mm = TorchFunction.of("x: Tensor, y: Tensor", "return torch.mm(x, y)");
        TorchFunction function =
                TorchFunction.compose(2, List.of(part(neg, -1), part(mm, 0, -2), part(neg, 1)));

        assertThatThrownBy(() -> function.call(manager, array(1), array(2)))
                .isInstanceOf(TorchException.class)
                .hasMessage(
                        """
                        self must be a matrix. In:
                          def forward(self: __torch__.F, x: Tensor, y: Tensor) -> Tensor:
                            return torch.mm(x, y)
                        """);
    }

    private static TorchFunction.Part part(TorchFunction function, Integer... operands) {
        return new TorchFunction.Part(function, List.of(operands));
    }

    @Test
    void should_fail_if_the_operator_is_unknown() {
        TorchFunction function = TorchFunction.of("x: Tensor", "return torch.no_such_operator(x)");

        assertThatThrownBy(() -> function.call(manager, array(1)))
                .isInstanceOf(TorchException.class)
                .message()
                .startsWith("libtorch has no operator aten::no_such_operator;")
                .contains("return torch.no_such_operator(x)")
                .doesNotContain("frame #", "Exception raised from");
    }

    @Test
    void should_fail_if_a_shape_is_wrong() {
        TorchFunction function = TorchFunction.of("x: Tensor, y: Tensor", "return torch.mm(x, y)");
        NDArray x = manager.ones(new Shape(2, 3));
        NDArray y = manager.ones(new Shape(4, 5));

        assertThatThrownBy(() -> function.call(manager, x, y))
                .isInstanceOf(TorchException.class)
                .message()
                .satisfies(
                        m ->
                                assertThat(m.lines().findFirst().orElseThrow())
                                        .isEqualTo(
                                                "mat1 and mat2 shapes cannot be multiplied (2x3"
                                                        + " and 4x5). In:"))
                .contains("return torch.mm(x, y)")
                .doesNotContain("frame #", "Exception raised from", "Traceback");
    }

    @Test
    void should_fail_if_the_text_is_no_script() {
        TorchFunction function = TorchFunction.of("x: Tensor", "return torch.neg(x");

        assertThatThrownBy(() -> function.call(manager, array(1)))
                .isInstanceOf(TorchException.class)
                .message()
                .satisfies(
                        m ->
                                assertThat(m.lines().findFirst().orElseThrow())
                                        .isEqualTo("expected ) but found 'eof'. In:"))
                .contains("return torch.neg(x")
                .doesNotContain("frame #", "Exception raised from");
    }

    @Test
    void should_fail_again_if_called_again_after_a_failed_compilation() {
        TorchFunction function = TorchFunction.of("x: Tensor", "return torch.nor_this(x)");

        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> function.call(manager, array(1)))
                    .isInstanceOf(TorchException.class)
                    .hasMessageContaining("nor_this");
        }
    }

    @Test
    void should_fail_if_the_number_of_single_tensors_is_wrong() {
        TorchFunction function = TorchFunction.of("x: Tensor, y: Tensor", "return torch.mul(x, y)");

        assertThatThrownBy(() -> function.call(manager, array(1), array(2), array(3)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The function takes 2 single tensors, not 3.");
        assertThatThrownBy(() -> function.call(manager, array(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The function takes 2 single tensors, not 1.");
    }

    @Test
    void should_fail_if_single_tensors_stand_beside_lists() {
        assertThatThrownBy(() -> TorchFunction.of("x: Tensor, rate: float", "return x"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "The parameters are single tensors, or lists and numbers; make one kind of:"
                                + " x: Tensor, rate: float");
    }

    @Test
    void should_fail_if_a_list_is_missing() {
        TorchFunction function =
                TorchFunction.of("x: List[Tensor], y: List[Tensor]", "return torch.neg(x[0])");

        assertThatThrownBy(() -> function.call(manager, list(array(1))))
                .isInstanceOf(TorchException.class)
                .hasMessageContaining("missing value for argument 'y'");
    }

    @Test
    void should_serve_two_threads() throws Exception {
        TorchFunction function = TorchFunction.of("x: Tensor", "return torch.sin(x)");
        float[][] results = new float[4][];
        Thread[] threads = new Thread[results.length];
        for (int i = 0; i < threads.length; i++) {
            int index = i;
            threads[i] =
                    new Thread(
                            () -> {
                                try (NDManager own = TestSupport.newManager()) {
                                    NDArray x = own.create(new float[] {index});
                                    results[index] = function.call(own, x).toFloatArray();
                                }
                            });
            threads[i].start();
        }
        for (Thread thread : threads) {
            thread.join();
        }

        for (int i = 0; i < results.length; i++) {
            assertThat(results[i]).containsExactly((float) Math.sin(i));
        }
    }

    @Test
    void should_let_threads_pass_the_same_arrays() throws Exception {
        TorchFunction function =
                TorchFunction.of(
                        "x: List[Tensor], y: List[Tensor]",
                        "return torch.sub(torch.add(x[0], x[1]), y[0])");
        NDArray a = array(1);
        NDArray b = array(10);
        NDList first = list(a, b);
        NDList second = list(b, a);
        float[] sums = new float[2];
        Thread[] threads = new Thread[2];
        for (int i = 0; i < threads.length; i++) {
            int index = i;
            NDList one = i == 0 ? first : second;
            NDList other = i == 0 ? second : first;
            threads[i] =
                    new Thread(
                            () -> {
                                try (NDManager own = TestSupport.newManager()) {
                                    for (int k = 0; k < 500; k++) {
                                        NDArray result = function.call(own, one, other).get(0);
                                        sums[index] += result.toFloatArray()[0];
                                        result.close();
                                    }
                                }
                            });
            threads[i].start();
        }
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(sums).containsExactly(500, 5000);
    }

    private NDArray array(float... values) {
        return manager.create(values);
    }
}
