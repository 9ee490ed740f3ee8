package io.github.gan4j.nn;

import static io.github.gan4j.TestSupport.assertClose;
import static io.github.gan4j.TestSupport.bytes;
import static io.github.gan4j.TestSupport.doubles;
import static io.github.gan4j.TestSupport.list;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import io.github.gan4j.InvalidInputException;
import io.github.gan4j.TestSupport;
import io.github.gan4j.Weights;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BatchNormTest {

    private final NDManager manager = TestSupport.newManager();

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void should_have_the_parameters_of_djls_batch_norm() {
        Block ours = initialized(BatchNorm.builder().build());
        Block djls = initialized(ai.djl.nn.norm.BatchNorm.builder().build());

        assertThat(ours.getParameters().keys())
                .containsExactly("gamma", "beta", "runningMean", "runningVar")
                .containsExactlyInAnyOrderElementsOf(djls.getParameters().keys());
        for (String name : ours.getParameters().keys()) {
            Parameter our = ours.getParameters().get(name);
            Parameter djl = djls.getParameters().get(name);
            assertThat(our.getType()).as(name).isEqualTo(djl.getType());
            assertThat(our.requiresGradient()).as(name).isEqualTo(djl.requiresGradient());
            assertThat(our.getArray()).as(name).isEqualTo(djl.getArray());
        }
    }

    @Test
    void should_equal_djls_batch_norm_whose_momentum_is_what_is_kept() {
        NDArray x = manager.randomNormal(new Shape(4, 3, 2, 2)).mul(3).add(1);
        Block ours = initialized(BatchNorm.builder().optMomentum(0.2).build());
        Block djls = initialized(ai.djl.nn.norm.BatchNorm.builder().optMomentum(0.8f).build());

        for (boolean training : new boolean[] {true, true, false}) {
            assertClose("y", forward(ours, x, training), forward(djls, x, training), 1e-5);
        }
        assertClose("mean", array(ours, "runningMean"), array(djls, "runningMean"), 1e-6);
        assertClose("variance", array(ours, "runningVar"), array(djls, "runningVar"), 1e-5);
    }

    @Test
    void should_move_its_statistics_in_training_only() {
        Block block = initialized(BatchNorm.builder().build());
        NDArray x = manager.create(new float[] {1, 2, 3, 5, 2, 3}, new Shape(2, 3));

        forward(block, x, false);
        assertThat(array(block, "runningMean").toFloatArray()).containsOnly(0);

        forward(block, x, true);
        // A tenth of the means 3, 2, 3 and of the variances 8, 0, 0 over n - 1; 0.9 of 1 is kept.
        assertThat(doubles(array(block, "runningMean")))
                .containsExactly(new double[] {0.3, 0.2, 0.3}, within(1e-6));
        assertThat(doubles(array(block, "runningVar")))
                .containsExactly(new double[] {1.7, 0.9, 0.9}, within(1e-6));
    }

    @Test
    void should_take_a_batch_of_one_outside_training() {
        Block block = initialized(BatchNorm.builder().build());

        assertThat(forward(block, manager.ones(new Shape(1, 3)), false).getShape())
                .isEqualTo(new Shape(1, 3));
    }

    @Test
    void should_say_that_the_batch_is_too_small_if_a_channel_has_one_value() {
        Block block = initialized(BatchNorm.builder().build());

        assertThatThrownBy(() -> forward(block, manager.ones(new Shape(1, 3, 1, 1)), true))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "BatchNorm needs more than one value in each channel to train: its input"
                                + " (1, 3, 1, 1) comes from a batch of size 1; choose a batch size"
                                + " of at least 2.");
    }

    @Test
    void should_refuse_other_channels_and_axes() {
        Block block = initialized(BatchNorm.builder().build());

        assertThatThrownBy(() -> forward(block, manager.ones(new Shape(2, 4)), true))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("BatchNorm has 3 channels, but its input (2, 4) has 4.");
        assertThatThrownBy(() -> forward(block, manager.ones(new Shape(3)), true))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "BatchNorm takes inputs (N, C) to (N, C, D, H, W), not one of shape (3).");
    }

    @Test
    void should_refuse_settings_out_of_range() {
        assertThatThrownBy(() -> BatchNorm.builder().optMomentum(1.1))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("The momentum must be from 0 to 1, not 1.1.");
        assertThatThrownBy(() -> BatchNorm.builder().optEpsilon(0))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("Epsilon must be above 0, not 0.0.");
    }

    @Test
    void should_leave_its_input_as_it_is_if_a_rectifier_follows() {
        Block block = initialized(BatchNorm.builder().optActivation(Rectifier.relu()).build());
        NDArray x = manager.create(new float[] {-1, -2, -3, 4, 5, 6}, new Shape(2, 3));

        NDArray y = forward(block, x, false);

        assertThat(x.toFloatArray()).containsExactly(-1, -2, -3, 4, 5, 6);
        assertThat(bytes(y)).isNotEqualTo(bytes(x));
        assertThat(doubles(y)).startsWith(0, 0, 0);
    }

    private Block initialized(Block block) {
        block.initialize(manager, DataType.FLOAT32, new Shape(2, 3));
        return block;
    }

    private static NDArray array(Block block, String parameter) {
        return block.getParameters().get(parameter).getArray();
    }

    private NDArray forward(Block block, NDArray x, boolean training) {
        return block.forward(new Weights(manager), list(x), training).singletonOrThrow();
    }
}
