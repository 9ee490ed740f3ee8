package io.github.gan4j.nn;

import static io.github.gan4j.TestSupport.bytes;
import static io.github.gan4j.TestSupport.list;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import io.github.gan4j.InvalidInputException;
import io.github.gan4j.TestSupport;
import io.github.gan4j.Weights;
import io.github.gan4j.torch.Autograd;
import io.github.gan4j.torch.GradMode;
import io.github.gan4j.torch.Operators;
import io.github.gan4j.torch.Torch;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A row of layers computes in one call what they compute one by one, to the bit. */
class SequentialTest {

    private static final Shape INPUT = new Shape(16, 4, 8, 8);

    private final NDManager manager = TestSupport.newManager();

    @AfterEach
    void close() {
        manager.close();
    }

    /** Makes a network with the container of choice. */
    private interface Network extends Function<Function<Block[], Block>, Block> {}

    private static Function<Block[], Block> joined() {
        return layers -> {
            Sequential sequence = new Sequential();
            Stream.of(layers).forEach(sequence::add);
            return sequence;
        };
    }

    private static Function<Block[], Block> apart() {
        return layers -> new SequentialBlock().addAll(layers);
    }

    private static Block conv(int filters, Rectifier rectifier) {
        return Conv.builder()
                .setFilters(filters)
                .setKernelShape(new Shape(3, 3))
                .optPadding(new Shape(1, 1))
                .optActivation(rectifier)
                .build();
    }

    private static Block[] of(Block... layers) {
        return layers;
    }

    static Stream<Arguments> networks() {
        Network plain =
                in ->
                        in.apply(
                                of(
                                        conv(6, null),
                                        BatchNorm.builder().optActivation(Rectifier.relu()).build(),
                                        new Upsample(2),
                                        new ReflectionPad2d(1),
                                        conv(4, Rectifier.leaky(0.2)),
                                        new PixelNorm(),
                                        InstanceNorm.builder().optAffine(true).build(),
                                        new MinibatchStdDev(),
                                        new TorchLambda("tanh", "torch.tanh(x)")));
        Network flat =
                in ->
                        in.apply(
                                of(
                                        new TorchLambda(
                                                "flatten",
                                                "torch.flatten(x, 1)",
                                                x -> new Shape(x.get(0), x.slice(1).size())),
                                        new Linear(12, true, Rectifier.leaky(0.2)),
                                        new Maxout(8),
                                        GroupNorm.builder().setGroups(2).build(),
                                        new Rectify(Rectifier.relu()),
                                        new Linear(1)));
        Network branches =
                in ->
                        in.apply(
                                of(
                                        new ResidualBlock(
                                                in.apply(
                                                        of(
                                                                conv(4, Rectifier.relu()),
                                                                conv(4, null))),
                                                conv(4, null)),
                                        new SkipConnection(
                                                in.apply(
                                                        of(
                                                                new Rectify(Rectifier.leaky(0.2)),
                                                                new SkipConnection(conv(2, null)),
                                                                conv(3, null)))),
                                        new ResidualBlock(in.apply(of(conv(7, null))))));
        Network spectral =
                in ->
                        in.apply(
                                of(
                                        new SpectralNorm(conv(6, Rectifier.leaky(0.2))),
                                        new ResidualBlock(new SpectralNorm(conv(6, null))),
                                        new PixelShuffle(1),
                                        ResizeBilinear.by(2)));
        Network interrupted =
                in ->
                        in.apply(
                                of(
                                        conv(6, null),
                                        new PixelNorm(),
                                        LambdaBlock.singleton(x -> Operators.scale(x, 2)),
                                        conv(8, null),
                                        new Rectify(Rectifier.relu()),
                                        new SelfAttention(8)));
        return Stream.of(
                Arguments.of("plain", plain),
                Arguments.of("flat", flat),
                Arguments.of("branches", branches),
                Arguments.of("spectral", spectral),
                Arguments.of("interrupted", interrupted));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("networks")
    void should_compute_and_differentiate_as_one_by_one(String name, Network network) {
        for (Precision precision : Precision.values()) {
            for (boolean training : new boolean[] {true, false}) {
                for (boolean twice : new boolean[] {true, false}) {
                    List<ByteBuffer> one =
                            results(network.apply(apart()), precision, training, twice);
                    List<ByteBuffer> all =
                            results(network.apply(joined()), precision, training, twice);
                    assertThat(all)
                            .as("%s, training %s, twice %s", precision, training, twice)
                            .isEqualTo(one);
                }
            }
        }
    }

    /** The output, the gradients of input and weights, and what is remembered afterwards. */
    private List<ByteBuffer> results(
            Block block, Precision precision, boolean training, boolean twice) {
        Torch.seed(7);
        block.initialize(manager, DataType.FLOAT32, INPUT);
        NDArray x = manager.randomNormal(INPUT);
        x.setRequiresGradient(true);
        NDList variables = new NDList(x);
        block.getParameters().values().stream()
                .filter(Parameter::requiresGradient)
                .forEach(p -> variables.add(p.getArray()));
        try (Precision.Scope compute = precision.use();
                GradMode recording = GradMode.on();
                SecondOrder order = twice ? SecondOrder.on() : null) {
            NDArray y =
                    block.forward(new Weights(manager), list(x), training)
                            .singletonOrThrow()
                            .toType(DataType.FLOAT32, false);
            List<ByteBuffer> results = new ArrayList<>(List.of(bytes(y)));
            Autograd.gradients(manager, y.mul(y).mul(x.sum()).sum(), variables)
                    .forEach(gradient -> results.add(bytes(gradient)));
            block.getParameters().values().forEach(p -> results.add(bytes(p.getArray())));
            return results;
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("networks")
    void should_make_one_array_of_a_row(String name, Network network) {
        Block block = network.apply(joined());
        block.initialize(manager, DataType.FLOAT32, INPUT);

        try (NDManager local = manager.newSubManager()) {
            block.forward(new Weights(manager), list(local.ones(INPUT)), true);

            int made = local.getManagedArrays().size() - 1;
            if ("interrupted".equals(name)) {
                assertThat(made).isGreaterThan(2);
            } else {
                assertThat(made).isEqualTo(1);
            }
        }
    }

    @Test
    void should_return_several_arrays_from_its_last_block_and_from_no_other() {
        LambdaBlock twice = new LambdaBlock(x -> new NDList(x.head(), x.head()));
        NDList inputs = list(manager.ones(new Shape(2, 3)));

        Block last = new Sequential().add(new PixelNorm()).add(twice);
        last.initialize(manager, DataType.FLOAT32, new Shape(2, 3));
        assertThat(last.forward(new Weights(manager), inputs, false)).hasSize(2);
        assertThat(last.getOutputShapes(new Shape[] {new Shape(2, 3)}))
                .containsExactly(new Shape(2, 3), new Shape(2, 3));

        Block first = new Sequential().add(twice).add(new PixelNorm());
        first.initialize(manager, DataType.FLOAT32, new Shape(2, 3));
        assertThatThrownBy(() -> first.forward(new Weights(manager), inputs, false))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "Block LambdaBlock returned 2 arrays where one is needed, the features.");
    }

    @Test
    void should_say_which_layer_of_a_row_an_input_does_not_fit() {
        Block block =
                new Sequential()
                        .add(new Rectify(Rectifier.relu()))
                        .add(new Linear(3))
                        .add(new Linear(2));
        block.initialize(manager, DataType.FLOAT32, new Shape(2, 5));

        assertThatThrownBy(
                        () ->
                                block.forward(
                                        new Weights(manager),
                                        list(manager.ones(new Shape(2, 4))),
                                        false))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("Linear has 5 channels, but its input (2, 4) has 4.");
    }

    @Test
    void should_be_nothing_if_it_is_empty() {
        NDArray x = manager.ones(new Shape(2, 3));

        NDArray y = new Sequential().forward(new Weights(manager), list(x), false).head();

        assertThat(y).isSameAs(x);
    }
}
