package io.github.gan4j.nn;

import static io.github.gan4j.TestSupport.assertClose;
import static io.github.gan4j.TestSupport.bytes;
import static io.github.gan4j.TestSupport.json;
import static io.github.gan4j.TestSupport.list;
import static io.github.gan4j.TestSupport.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.norm.BatchNorm;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.gan4j.TestSupport;
import io.github.gan4j.Weights;
import io.github.gan4j.run.Safetensors;
import io.github.gan4j.torch.Autograd;
import io.github.gan4j.torch.GradMode;
import io.github.gan4j.torch.Torch;
import io.github.gan4j.torch.TorchException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ConvTransposeTest {

    /** About three times the recorded distance of PyTorch's float32 from float64. */
    private static final double TOLERANCE = 2e-5;

    private static final Safetensors REFERENCE = TestSupport.reference("conv_transpose");

    private final NDManager manager = TestSupport.newManager();
    private final GradMode recording = GradMode.on();

    @AfterEach
    void close() {
        recording.close();
        manager.close();
    }

    static Stream<String> cases() {
        return StreamSupport.stream(json(REFERENCE.getMetadata().get("cases")).spliterator(), false)
                .map(JsonNode::asText);
    }

    @Test
    void should_know_all_recorded_cases() {
        assertThat(cases()).hasSize(14);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void should_equal_pytorch_in_values_and_gradients(String name) {
        Block layer = recordedLayer(name);
        NDArray x = REFERENCE.get(manager, name + "/x");
        x.setRequiresGradient(true);

        NDArray y = forward(layer, x);
        NDArray sum = y.mul(REFERENCE.get(manager, name + "/gy")).sum();
        NDList variables = list(x);
        layer.getParameters().values().forEach(p -> variables.add(p.getArray()));
        NDList gradients = Autograd.gradients(manager, sum, variables);

        assertClose("y", y, REFERENCE.get(manager, name + "/y"), TOLERANCE);
        assertClose("dx", gradients.get(0), REFERENCE.get(manager, name + "/dx"), TOLERANCE);
        assertClose("dw", gradients.get(1), REFERENCE.get(manager, name + "/dw"), TOLERANCE);
        boolean bias = REFERENCE.getNames().contains(name + "/b");
        assertThat(gradients).hasSize(bias ? 3 : 2);
        if (bias) {
            assertClose("db", gradients.get(2), REFERENCE.get(manager, name + "/db"), TOLERANCE);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void should_foretell_the_shape_of_its_output(String name) {
        Block layer = recordedLayer(name);
        Shape input = REFERENCE.getShape(name + "/x");

        assertThat(layer.getOutputShapes(new Shape[] {input}))
                .containsExactly(REFERENCE.getShape(name + "/y"));
        assertThat(forward(layer, manager.zeros(input)).getShape())
                .isEqualTo(REFERENCE.getShape(name + "/y"));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void should_come_back_from_a_file(String name) throws Exception {
        Block saved = recordedLayer(name);
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        saved.saveParameters(new DataOutputStream(file));

        Block loaded = layer(json(REFERENCE.getMetadata().get(name)));
        loaded.loadParameters(
                manager, new DataInputStream(new ByteArrayInputStream(file.toByteArray())));

        NDArray x = REFERENCE.get(manager, name + "/x");
        assertThat(bytes(forward(loaded, x))).isEqualTo(bytes(forward(saved, x)));
    }

    @Test
    void should_stand_in_a_sequence_with_other_blocks() throws Exception {
        SequentialBlock block = sequence();
        Torch.seed(3);
        block.initialize(manager, DataType.FLOAT32, new Shape(2, 6, 4, 4));

        assertThat(block.getOutputShapes(new Shape[] {new Shape(5, 6, 4, 4)}))
                .containsExactly(new Shape(5, 2, 16, 16));
        NDArray x = manager.randomNormal(new Shape(2, 6, 4, 4));
        NDArray y = block.forward(new Weights(manager), list(x), false).singletonOrThrow();
        assertThat(y.getShape()).isEqualTo(new Shape(2, 2, 16, 16));
        assertThat(block.getParameters().keys())
                .containsExactly(
                        "01ConvTranspose_weight",
                        "01ConvTranspose_bias",
                        "02BatchNorm_gamma",
                        "02BatchNorm_beta",
                        "02BatchNorm_runningMean",
                        "02BatchNorm_runningVar",
                        "04ConvTranspose_weight",
                        "04ConvTranspose_bias");

        ByteArrayOutputStream file = new ByteArrayOutputStream();
        block.saveParameters(new DataOutputStream(file));
        SequentialBlock loaded = sequence();
        loaded.loadParameters(
                manager, new DataInputStream(new ByteArrayInputStream(file.toByteArray())));
        NDArray again = loaded.forward(new Weights(manager), list(x), false).singletonOrThrow();
        assertThat(bytes(again)).isEqualTo(bytes(y));
    }

    @Test
    void should_start_with_a_bias_of_zero() {
        Block layer = ConvTranspose.builder().setFilters(3).setKernelShape(new Shape(2)).build();
        layer.initialize(manager, DataType.FLOAT32, new Shape(1, 2, 4));

        assertThat(layer.getParameters().get("bias").getArray().toFloatArray()).containsOnly(0);
        assertThat(layer.getParameters().get("weight").getArray().getShape())
                .isEqualTo(new Shape(2, 3, 2));
    }

    @Test
    void should_refuse_a_missing_kernel_and_one_of_four_axes() {
        assertThatThrownBy(() -> ConvTranspose.builder().setFilters(2).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The kernel needs 1, 2 or 3 axes: null");
        assertThatThrownBy(() -> square(2).setKernelShape(new Shape(1, 1, 1, 1)).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The kernel needs 1, 2 or 3 axes: (1, 1, 1, 1)");
    }

    @Test
    void should_refuse_a_missing_number_of_filters() {
        assertThatThrownBy(() -> square(0).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The number of filters must be set, and above 0: 0");
    }

    @Test
    void should_refuse_groups_that_do_not_divide() {
        assertThatThrownBy(() -> square(4).optGroups(3).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("4 filters cannot be shared among 3 groups.");
        assertThatThrownBy(() -> square(4).optGroups(0).build())
                .isInstanceOf(IllegalArgumentException.class);
        Block layer = square(4).optGroups(2).build();
        assertThatThrownBy(() -> layer.initialize(manager, DataType.FLOAT32, new Shape(1, 3, 4, 4)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("3 input channels cannot be shared among 2 groups.");
    }

    @Test
    void should_refuse_a_stride_with_other_axes_than_the_kernel() {
        assertThatThrownBy(() -> square(4).optStride(new Shape(2)).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The stride (2) needs as many axes as the kernel (4, 4).");
    }

    @Test
    void should_refuse_an_output_padding_as_large_as_the_stride() {
        assertThatThrownBy(
                        () ->
                                square(4)
                                        .optStride(new Shape(2, 2))
                                        .optOutputPadding(new Shape(1, 2))
                                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "The output padding must be smaller than the stride or the dilation:"
                                + " (1, 2)");
    }

    @Test
    void should_refuse_an_input_without_batch_axis() {
        Block layer = square(4).build();

        assertThatThrownBy(() -> layer.initialize(manager, DataType.FLOAT32, new Shape(3, 4, 4)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "The input (3, 4, 4) needs 4 axes: batch, channels, and those of the kernel"
                                + " (4, 4).");
    }

    @Test
    void should_name_the_sizes_if_the_channels_are_wrong() {
        Block layer = square(4).build();
        layer.initialize(manager, DataType.FLOAT32, new Shape(1, 3, 4, 4));
        NDArray wrong = manager.zeros(new Shape(1, 5, 4, 4));

        assertThatThrownBy(() -> forward(layer, wrong))
                .isInstanceOf(TorchException.class)
                .hasMessageContaining("expected input[1, 5, 4, 4] to have 3 channels");
    }

    private static SequentialBlock sequence() {
        return new SequentialBlock()
                .add(square(4).optStride(new Shape(2, 2)).optPadding(new Shape(1, 1)).build())
                .add(BatchNorm.builder().build())
                .add(Activation.reluBlock())
                .add(square(2).optStride(new Shape(2, 2)).optPadding(new Shape(1, 1)).build());
    }

    private static ConvTranspose.Builder square(long filters) {
        return ConvTranspose.builder().setFilters(filters).setKernelShape(new Shape(4, 4));
    }

    /** A layer with the weights that were recorded. */
    private Block recordedLayer(String name) {
        Block layer = layer(json(REFERENCE.getMetadata().get(name)));
        layer.initialize(manager, DataType.FLOAT32, REFERENCE.getShape(name + "/x"));
        layer.getParameters()
                .forEach(
                        p -> {
                            String key = name + "/" + p.getKey().charAt(0); // weight or bias
                            write(p.getValue().getArray(), REFERENCE.get(manager, key));
                        });
        return layer;
    }

    private static Block layer(JsonNode settings) {
        return ConvTranspose.builder()
                .setFilters(settings.get("out").asLong())
                .setKernelShape(shape(settings.get("kernel")))
                .optStride(shape(settings.get("stride")))
                .optPadding(shape(settings.get("padding")))
                .optOutputPadding(shape(settings.get("output_padding")))
                .optDilation(shape(settings.get("dilation")))
                .optGroups(settings.get("groups").asInt())
                .optBias(settings.get("bias").asBoolean())
                .build();
    }

    private static Shape shape(JsonNode values) {
        return new Shape(
                StreamSupport.stream(values.spliterator(), false)
                        .mapToLong(JsonNode::asLong)
                        .toArray());
    }

    private NDArray forward(Block layer, NDArray x) {
        return layer.forward(new Weights(manager), list(x), true).singletonOrThrow();
    }
}
