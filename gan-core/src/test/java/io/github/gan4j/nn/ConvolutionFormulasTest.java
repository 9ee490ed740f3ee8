package io.github.gan4j.nn;

import static io.github.gan4j.TestSupport.list;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import io.github.gan4j.TestSupport;
import io.github.gan4j.Weights;
import io.github.gan4j.torch.GradMode;
import io.github.gan4j.torch.Torch;
import io.github.gan4j.torch.TorchFunction;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever formula a convolution chooses for the shapes, and whatever it applies to its output: it
 * equals libtorch's own in values and in gradients of both orders.
 */
class ConvolutionFormulasTest {

    private static final Rectifier LEAKY = Rectifier.leaky(0.2);
    private static final Shape NONE = new Shape(0, 0);
    private static final Shape ONE = new Shape(1, 1);
    private static final Shape WIDE = new Shape(4, 3);

    /** So many filters of 150 channels, with 12 pixels each, are more than the cache holds. */
    private static final int MANY_FILTERS =
            (int) (Processor.CACHE_SIZE / (2 * Float.BYTES * 150 * 12)) + 1;

    private final NDManager manager = TestSupport.newManager();
    private final GradMode recording = GradMode.on();

    @AfterEach
    void close() {
        recording.close();
        manager.close();
    }

    /** A layer, the shape of its input, and what it computes. */
    private record Case(Supplier<Block> layer, Shape input, String expected) {}

    private static final Map<String, Case> CASES =
            Map.ofEntries(
                    entry(
                            "one channel in",
                            new Case(
                                    () -> conv(5).optActivation(LEAKY).build(),
                                    new Shape(3, 1, 9, 8),
                                    "torch.leaky_relu(torch.conv2d(x, w, b, [2, 3], [1, 2]), 0.2)")),
                    entry(
                            "one channel in, no bias",
                            new Case(
                                    () -> conv(5).optBias(false).build(),
                                    new Shape(3, 1, 9, 8),
                                    "torch.conv2d(x, w, None, [2, 3], [1, 2])")),
                    entry(
                            "one channel in, dilated",
                            new Case(
                                    () -> conv(5).optDilation(new Shape(2, 1)).build(),
                                    new Shape(3, 1, 9, 8),
                                    "torch.conv2d(x, w, b, [2, 3], [1, 2], [2, 1])")),
                    entry(
                            "many of one channel in",
                            new Case(
                                    () -> conv(5).optActivation(LEAKY).build(),
                                    new Shape(16, 1, 9, 8),
                                    "torch.leaky_relu(torch.conv2d(x, w, b, [2, 3], [1, 2]), 0.2)")),
                    entry(
                            "many of one channel in, no bias",
                            new Case(
                                    () -> conv(5).optBias(false).build(),
                                    new Shape(16, 1, 8, 10),
                                    "torch.conv2d(x, w, None, [2, 3], [1, 2])")),
                    entry(
                            "one filter, stride 1",
                            new Case(
                                    () -> conv(1).optStride(ONE).optActivation(LEAKY).build(),
                                    new Shape(3, 4, 9, 8),
                                    "torch.leaky_relu(torch.conv2d(x, w, b, [1, 1], [1, 2]), 0.2)")),
                    entry(
                            "one filter, stride 1, of one channel, no bias",
                            new Case(
                                    () -> conv(1).optStride(ONE).optBias(false).build(),
                                    new Shape(16, 1, 9, 8),
                                    "torch.conv2d(x, w, None, [1, 1], [1, 2])")),
                    entry(
                            "one filter, stride 1, padded by more than the kernel",
                            new Case(
                                    () -> conv(1).optStride(ONE).optPadding(WIDE).build(),
                                    new Shape(3, 4, 9, 8),
                                    "torch.conv2d(x, w, b, [1, 1], [4, 3])")),
                    entry(
                            "one filter, stride above 1",
                            new Case(
                                    () -> conv(1).build(),
                                    new Shape(3, 4, 9, 8),
                                    "torch.conv2d(x, w, b, [2, 3], [1, 2])")),
                    entry(
                            "few filters of large kernels",
                            new Case(
                                    () -> large(3).optPadding(ONE).optActivation(LEAKY).build(),
                                    new Shape(2, 4, 8, 10),
                                    "torch.leaky_relu(torch.conv2d(x, w, b, [1, 1], [1, 1]), 0.2)")),
                    entry(
                            "few filters of large kernels, of many pictures, no bias",
                            new Case(
                                    () -> large(4).optBias(false).build(),
                                    new Shape(16, 2, 8, 10),
                                    "torch.conv2d(x, w)")),
                    entry(
                            "few filters of large kernels, of an odd output",
                            new Case(
                                    () -> large(3).build(),
                                    new Shape(2, 4, 8, 9),
                                    "torch.conv2d(x, w, b)")),
                    entry(
                            "rectified",
                            new Case(
                                    () -> conv(4).optActivation(Rectifier.relu()).build(),
                                    new Shape(3, 2, 9, 8),
                                    "torch.relu(torch.conv2d(x, w, b, [2, 3], [1, 2]))")),
                    entry(
                            "one channel out",
                            new Case(
                                    () -> transposed(1).optOutputPadding(new Shape(1, 0)).build(),
                                    new Shape(3, 4, 5, 6),
                                    "torch.conv_transpose2d(x, w, b, [2, 3], [1, 2], [1, 0])")),
                    entry(
                            "one channel out, no bias",
                            new Case(
                                    () ->
                                            transposed(1)
                                                    .optBias(false)
                                                    .optDilation(new Shape(1, 2))
                                                    .optActivation(LEAKY)
                                                    .build(),
                                    new Shape(3, 4, 5, 6),
                                    "torch.leaky_relu(torch.conv_transpose2d(x, w, None, [2, 3],"
                                            + " [1, 2], [0, 0], 1, [1, 2]), 0.2)")),
                    entry(
                            "a kernel as large as the picture",
                            new Case(
                                    () -> conv(5).optPadding(NONE).optActivation(LEAKY).build(),
                                    new Shape(3, 2, 4, 3),
                                    "torch.leaky_relu(torch.conv2d(x, w, b, [2, 3]), 0.2)")),
                    entry(
                            "a kernel as large as the picture, of one channel, no bias",
                            new Case(
                                    () -> conv(5).optPadding(NONE).optBias(false).build(),
                                    new Shape(3, 1, 4, 3),
                                    "torch.conv2d(x, w, None, [2, 3])")),
                    entry(
                            "a kernel as large as the picture, dilated and padded",
                            new Case(
                                    () -> conv(5).optDilation(new Shape(1, 2)).build(),
                                    new Shape(3, 2, 4, 3),
                                    "torch.conv2d(x, w, b, [2, 3], [1, 2], [1, 2])")),
                    entry(
                            "a kernel as large as many pictures",
                            new Case(
                                    () -> conv(5).optPadding(NONE).optActivation(LEAKY).build(),
                                    new Shape(16, 2, 4, 3),
                                    "torch.leaky_relu(torch.conv2d(x, w, b, [2, 3]), 0.2)")),
                    entry(
                            "from a pixel to many pictures",
                            new Case(
                                    () ->
                                            transposed(2)
                                                    .optPadding(NONE)
                                                    .optActivation(LEAKY)
                                                    .build(),
                                    new Shape(16, 4, 1, 1),
                                    "torch.leaky_relu(torch.conv_transpose2d(x, w, b, [2, 3]), 0.2)")),
                    entry(
                            "from a pixel",
                            new Case(
                                    () ->
                                            transposed(2)
                                                    .optPadding(NONE)
                                                    .optActivation(LEAKY)
                                                    .build(),
                                    new Shape(3, 4, 1, 1),
                                    "torch.leaky_relu(torch.conv_transpose2d(x, w, b, [2, 3]), 0.2)")),
                    entry(
                            "from a pixel to one channel, no bias",
                            new Case(
                                    () -> transposed(1).optPadding(NONE).optBias(false).build(),
                                    new Shape(3, 4, 1, 1),
                                    "torch.conv_transpose2d(x, w, None, [2, 3])")),
                    entry(
                            "from a pixel, cut off on one axis",
                            new Case(
                                    () -> transposed(2).optPadding(new Shape(1, 0)).build(),
                                    new Shape(3, 4, 1, 1),
                                    "torch.conv_transpose2d(x, w, b, [2, 3], [1, 0])")),
                    entry(
                            "from a pixel, with more at the end",
                            new Case(
                                    () ->
                                            transposed(2)
                                                    .optPadding(NONE)
                                                    .optOutputPadding(new Shape(1, 0))
                                                    .build(),
                                    new Shape(3, 4, 1, 1),
                                    "torch.conv_transpose2d(x, w, b, [2, 3], [0, 0], [1, 0])")),
                    entry(
                            "many pictures",
                            new Case(
                                    () -> conv(4).optActivation(LEAKY).build(),
                                    new Shape(16, 3, 9, 8),
                                    "torch.leaky_relu(torch.conv2d(x, w, b, [2, 3], [1, 2]), 0.2)")),
                    entry(
                            "many pictures, transposed, no bias",
                            new Case(
                                    () -> transposed(3).optBias(false).build(),
                                    new Shape(17, 4, 5, 6),
                                    "torch.conv_transpose2d(x, w, None, [2, 3], [1, 2])")),
                    entry(
                            "a large weight",
                            new Case(
                                    () -> conv(MANY_FILTERS).optActivation(LEAKY).build(),
                                    new Shape(16, 150, 5, 5),
                                    "torch.leaky_relu(torch.conv2d(x, w, b, [2, 3], [1, 2]), 0.2)")),
                    entry(
                            "a large weight, transposed, no bias",
                            new Case(
                                    () -> transposed(150).optBias(false).build(),
                                    new Shape(16, MANY_FILTERS, 2, 2),
                                    "torch.conv_transpose2d(x, w, None, [2, 3], [1, 2])")));

    static Stream<String> cases() {
        return CASES.keySet().stream().sorted();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void should_equal_libtorch_in_values_and_gradients(String name) {
        assertEqualsLibtorch(CASES.get(name));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void should_equal_libtorch_if_said_to_be_differentiated_twice(String name) {
        try (SecondOrder scope = SecondOrder.on()) {
            assertEqualsLibtorch(CASES.get(name));
        }
    }

    private void assertEqualsLibtorch(Case test) {
        Torch.seed(5);
        Block block = test.layer().get();
        block.setInitializer(
                (m, shape, type) -> m.randomNormal(0f, 1f, shape, type), Parameter.Type.BIAS);
        block.initialize(manager, DataType.FLOAT64, test.input());
        NDArray x = manager.randomNormal(0f, 1f, test.input(), DataType.FLOAT64);
        x.setRequiresGradient(true);
        NDList variables = list(x);
        block.getParameters().values().forEach(p -> variables.add(p.getArray()));
        String parameters = "x: Tensor, w: Tensor" + (variables.size() == 3 ? ", b: Tensor" : "");
        TorchFunction expected = TorchFunction.of(parameters, "return " + test.expected());

        NDArray y = block.forward(new Weights(manager), list(x), true).singletonOrThrow();
        NDArray wanted = expected.call(manager, variables.toArray(new NDArray[0]));

        assertThat(y.getManager()).isSameAs(manager);
        SameFunction.check(manager, y, wanted, variables);
    }

    private static Conv.Builder conv(int filters) {
        return Conv.builder()
                .setFilters(filters)
                .setKernelShape(new Shape(4, 3))
                .optStride(new Shape(2, 3))
                .optPadding(new Shape(1, 2));
    }

    private static Conv.Builder large(int filters) {
        return Conv.builder().setFilters(filters).setKernelShape(new Shape(5, 7));
    }

    private static ConvTranspose.Builder transposed(int filters) {
        return ConvTranspose.builder()
                .setFilters(filters)
                .setKernelShape(new Shape(4, 3))
                .optStride(new Shape(2, 3))
                .optPadding(new Shape(1, 2));
    }
}
