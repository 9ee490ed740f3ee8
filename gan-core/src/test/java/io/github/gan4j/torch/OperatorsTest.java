package io.github.gan4j.torch;

import static io.github.gan4j.TestSupport.list;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.github.gan4j.TestSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OperatorsTest {

    private final NDManager manager = TestSupport.newManager();
    private final GradMode recording = GradMode.on();

    @AfterEach
    void close() {
        recording.close();
        manager.close();
    }

    @Test
    void should_compute_the_norm_of_arrays_as_of_one_vector() {
        NDArray a = manager.create(new float[] {1, 2, 2, 4}, new Shape(2, 2));
        NDArray b = manager.create(new float[] {10});

        NDArray norm = Operators.norm(manager, list(a, b));

        assertThat(norm.getShape()).isEqualTo(new Shape());
        assertThat(norm.getFloat()).isEqualTo((float) Math.sqrt(125), within(1e-6f));
    }

    @Test
    void should_show_a_number_that_is_none_in_the_norm() {
        NDArray a = manager.create(new float[] {1, Float.NaN});

        assertThat(Operators.norm(manager, list(a, manager.create(1f))).getFloat()).isNaN();
    }

    @Test
    void should_clone_into_memory_of_its_own() {
        NDArray a = manager.create(new float[] {1, 2});
        NDArray b = manager.create(new double[] {3});
        a.setRequiresGradient(true);

        NDList copies;
        try (GradMode recording = GradMode.on()) {
            copies = Operators.clone(manager, list(a, b.add(a.get(0))));
        }
        a.set(new float[] {7, 8});

        assertThat(copies.get(0).toFloatArray()).containsExactly(1, 2);
        assertThat(copies.get(0).hasGradient()).isFalse();
        assertThat(copies.get(1).getDataType()).isEqualTo(DataType.FLOAT64);
        assertThat(copies.get(1).hasGradient()).isFalse();
        assertThat(copies.get(1).getDouble()).isEqualTo(4);
    }

    @Test
    void should_scale_with_a_number_that_lives_as_long_as_the_graph() {
        NDArray x = manager.create(new float[] {1, 2});
        x.setRequiresGradient(true);
        int before = manager.getManagedArrays().size();

        NDArray y = Operators.scale(x, 2.5f);
        assertThat(manager.getManagedArrays()).hasSize(before + 1);
        NDArray sum = y.sum();
        TestSupport.collectGarbage();

        assertThat(y.toFloatArray()).containsExactly(2.5f, 5);
        assertThat(Autograd.gradients(manager, sum, list(x)).get(0).toFloatArray())
                .containsExactly(2.5f, 2.5f);
    }

    /** In float64 a tenth is the number of float32, in bfloat16 one of 8 bits. */
    @ParameterizedTest
    @CsvSource({"7, 0.1", "15, 0.100097656"})
    void should_scale_in_the_type_of_the_array(int type, float tenth) {
        NDArray x =
                TorchFunction.of("x: Tensor", "return torch.to(x, " + type + ")")
                        .call(manager, manager.create(new float[] {1, 2}));

        NDArray y = Operators.scale(x, 0.1f);

        assertThat(y.getDataType()).isEqualTo(x.getDataType());
        assertThat(Operators.toFloat32(y).toFloatArray()).containsExactly(tenth, 2 * tenth);
    }

    @Test
    void should_copy_values_and_not_memory() {
        NDArray target = manager.create(new float[] {0, 0});
        target.setRequiresGradient(true);
        NDArray source = manager.create(new float[] {1, 2});

        Operators.copy(list(target), list(source));
        source.set(new float[] {7, 7});
        source.addi(1);

        assertThat(target.toFloatArray()).containsExactly(1, 2);
        assertThat(target.hasGradient()).isTrue();
    }

    @Test
    void should_move_arrays_towards_others_in_place() {
        NDArray a = manager.create(new float[] {0, 10});
        NDArray b = manager.create(new float[] {1});
        NDArray endOfA = manager.create(new float[] {1, 20});
        NDArray endOfB = manager.create(new float[] {5});

        Operators.lerp(list(a, b), list(endOfA, endOfB), 0.25);

        assertThat(a.toFloatArray()).containsExactly(0.25f, 12.5f);
        assertThat(b.toFloatArray()).containsExactly(2f);
        assertThat(endOfA.toFloatArray()).containsExactly(1, 20);
        assertThat(endOfB.toFloatArray()).containsExactly(5);
    }

    @Test
    void should_move_towards_weights_that_require_gradients() {
        NDArray average = manager.create(new float[] {0});
        NDArray weight = manager.create(new float[] {8});
        weight.setRequiresGradient(true);

        Operators.lerp(list(average), list(weight), 0.5);

        assertThat(average.toFloatArray()).containsExactly(4);
        assertThat(average.hasGradient()).isFalse();
    }

    @Test
    void should_leave_no_array_behind() {
        NDList a = list(manager.create(new float[] {0, 10}));
        NDList b = list(manager.create(new float[] {1, 20}));
        int before = manager.getManagedArrays().size();

        Operators.lerp(a, b, 0.5);
        Operators.toFloats(list(manager.create(1f)));

        assertThat(manager.getManagedArrays()).hasSize(before + 1); // the literal of the last line
    }

    @Test
    void should_read_scalars_of_any_type_and_shape() {
        NDArray a = manager.create(1.5f);
        NDArray b = manager.create(2.25);
        NDArray c = manager.create(new int[] {7}, new Shape(1, 1));
        NDArray d = manager.create(3f).toType(DataType.FLOAT16, true);

        assertThat(Operators.toFloats(list(a, b, c, d))).containsExactly(1.5f, 2.25f, 7, 3);
    }

    @Test
    void should_read_scalars_that_require_gradients() {
        NDArray x = manager.create(1.5f);
        x.setRequiresGradient(true);

        assertThat(Operators.toFloats(list(x.mul(2), x))).containsExactly(3, 1.5f);
    }
}
