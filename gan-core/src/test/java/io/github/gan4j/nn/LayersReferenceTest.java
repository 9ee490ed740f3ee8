package io.github.gan4j.nn;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import io.github.gan4j.TestSupport;
import io.github.gan4j.torch.GradMode;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every layer must do, on the cases recorded from PyTorch. */
class LayersReferenceTest {

    private final NDManager manager = TestSupport.newManager();
    private final GradMode recording = GradMode.on();

    @AfterEach
    void close() {
        recording.close();
        manager.close();
    }

    static Stream<String> cases() {
        return StreamSupport.stream(BlockCheck.names().spliterator(), false);
    }

    /** All that have a gradient, and whose statistics the gradient takes for constants. */
    static Stream<String> smoothCases() {
        return cases().filter(name -> !name.contains("spectral") && !name.equals("one_hot"));
    }

    static Stream<String> rectifiedCases() {
        return cases().filter(name -> name.contains("relu") || name.contains("leaky"));
    }

    @Test
    void should_know_all_recorded_cases() {
        assertThat(LayerCases.BLOCKS.keySet())
                .containsExactlyInAnyOrder(cases().toArray(String[]::new));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void should_equal_pytorch_in_values_and_gradients(String name) {
        check(name, DataType.FLOAT32).assertEqualsPytorch();
    }

    @ParameterizedTest
    @MethodSource("rectifiedCases")
    void should_equal_pytorch_if_said_to_be_differentiated_twice(String name) {
        try (SecondOrder scope = SecondOrder.on()) {
            check(name, DataType.FLOAT32).assertEqualsPytorch();
        }
    }

    @ParameterizedTest
    @MethodSource("smoothCases")
    void should_equal_finite_differences(String name) {
        check(name, DataType.FLOAT64).assertEqualsFiniteDifferences();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void should_come_back_from_a_file(String name) throws Exception {
        check(name, DataType.FLOAT32).assertSavedAndLoadedAlike();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void should_foretell_the_shape_of_its_output(String name) {
        check(name, DataType.FLOAT32).assertForetellsShape();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void should_leave_nothing_in_the_manager_of_the_weights(String name) {
        check(name, DataType.FLOAT32).assertLeavesNothingBehind();
    }

    private BlockCheck check(String name, DataType type) {
        return new BlockCheck(manager, name, LayerCases.BLOCKS.get(name), type);
    }
}
