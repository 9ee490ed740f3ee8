package io.github.gan4j;

import static io.github.gan4j.TestSupport.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.training.initializer.Initializer;
import io.github.gan4j.loss.WassersteinLoss;
import io.github.gan4j.nn.BatchNorm;
import io.github.gan4j.nn.Conv;
import io.github.gan4j.nn.ConvTranspose;
import io.github.gan4j.nn.GroupNorm;
import io.github.gan4j.nn.Linear;
import io.github.gan4j.nn.Maxout;
import io.github.gan4j.nn.Precision;
import io.github.gan4j.nn.Rectifier;
import io.github.gan4j.nn.SelfAttention;
import io.github.gan4j.penalty.ConsistencyPenalty;
import io.github.gan4j.penalty.GradientPenalty;
import io.github.gan4j.penalty.R1Penalty;
import io.github.gan4j.torch.Autograd;
import io.github.gan4j.torch.GradMode;
import io.github.gan4j.torch.Operators;
import io.github.gan4j.torch.Torch;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Layers multiply in the precision asked for; what else there is stays in float32, and exact. */
class PrecisionTest {

    /** Eight significant bits: each factor is off by up to 0.4 %. */
    private static final double COARSE = 0.01;

    private final NDManager manager = TestSupport.newManager();

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void should_be_found_by_name() {
        assertThat(Precision.parse("float32", Device.cpu())).isEqualTo(Precision.FLOAT32);
        assertThat(Precision.parse("bfloat16", Device.cpu())).isEqualTo(Precision.BFLOAT16);
        assertThat(Precision.parse("auto", Device.cpu())).isNotNull();
        assertThatThrownBy(() -> Precision.parse("half", Device.cpu()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("There is no precision 'half'; use float32, bfloat16 or auto.");
    }

    @Test
    void should_last_as_long_as_its_scope() {
        try (Precision.Scope coarse = Precision.BFLOAT16.use()) {
            try (Precision.Scope exact = Precision.FLOAT32.use()) {
                assertThat(Precision.current()).isEqualTo(Precision.FLOAT32);
            }
            assertThat(Precision.current()).isEqualTo(Precision.BFLOAT16);
        }
        assertThat(Precision.current()).isEqualTo(Precision.FLOAT32);
    }

    static Stream<Arguments> layers() {
        Shape picture = new Shape(4, 8, 10, 10);
        return Stream.of(
                Arguments.of(conv(16), picture),
                Arguments.of(convTranspose(16), picture),
                Arguments.of(new Linear(32), new Shape(16, 64)));
    }

    /** Layers that pick the largest of some numbers, behind one that computes in bfloat16. */
    static Stream<Arguments> pickers() {
        Shape picture = new Shape(4, 8, 10, 10);
        return Stream.of(
                Arguments.of(after(conv(16), attending(false)), picture),
                Arguments.of(after(conv(16), attending(true)), picture),
                Arguments.of(
                        after(new Linear(32), new Maxout(16), new Maxout(8)), new Shape(16, 64)));
    }

    private static Block after(Block... layers) {
        SequentialBlock all = new SequentialBlock();
        List.of(layers).forEach(all::add);
        return all;
    }

    /** Attention that is not left out, as it is at the start of a training. */
    private static Block attending(boolean spectralNorm) {
        Block block = new SelfAttention(16, spectralNorm);
        block.setInitializer(Initializer.ONES, "gamma");
        return block;
    }

    /** Of two that are near to each other it may be the other one, with another gradient. */
    @ParameterizedTest
    @MethodSource("pickers")
    void should_be_close_in_bfloat16_behind_another_layer(Block layers, Shape shape) {
        Torch.seed(3);
        layers.initialize(manager, DataType.FLOAT32, shape);
        NDArray input = manager.randomNormal(shape);
        input.setRequiresGradient(true);
        NDArray exact = run(layers, input, Precision.FLOAT32).head();
        NDList coarse = run(layers, input, Precision.BFLOAT16);

        NDArray gap = Operators.toFloat32(coarse.head()).sub(exact);
        assertThat(gap.norm().getFloat() / exact.norm().getFloat()).isBetween(1e-5f, 0.02f);
        assertThat(coarse.subList(1, coarse.size()))
                .allMatch(gradient -> gradient.getDataType() == DataType.FLOAT32)
                .allMatch(gradient -> gradient.abs().max().getFloat() > 0);
    }

    /** On a GPU it takes no input of another type than its weights. */
    @Test
    void should_normalise_groups_in_float32() {
        Shape shape = new Shape(2, 4, 6, 6);
        Block layers = after(conv(8), GroupNorm.builder().setGroups(2).build());
        layers.initialize(manager, DataType.FLOAT32, shape);
        NDArray input = manager.randomNormal(shape);
        input.setRequiresGradient(true);
        NDArray output = run(layers, input, Precision.BFLOAT16).head();

        assertThat(output.getDataType()).isEqualTo(DataType.FLOAT32);
    }

    @ParameterizedTest
    @MethodSource("layers")
    void should_be_close_in_bfloat16_value_and_gradients(Block layer, Shape shape) {
        Torch.seed(3);
        layer.initialize(manager, DataType.FLOAT32, shape);
        NDArray input = manager.randomNormal(shape);
        input.setRequiresGradient(true);
        NDList exact = run(layer, input, Precision.FLOAT32);
        NDList coarse = run(layer, input, Precision.BFLOAT16);

        assertThat(coarse).hasSameSizeAs(exact);
        for (int i = 0; i < exact.size(); i++) {
            assertThat(coarse.get(i).getShape()).isEqualTo(exact.get(i).getShape());
            double error =
                    coarse.get(i)
                                    .toType(DataType.FLOAT32, false)
                                    .sub(exact.get(i))
                                    .norm()
                                    .getFloat()
                            / exact.get(i).norm().getFloat();
            assertThat(error).as("value %d, gradients from 1", i).isBetween(1e-5, COARSE);
        }
        assertThat(coarse.subList(1, coarse.size()))
                .as("gradients")
                .allMatch(gradient -> gradient.getDataType() == DataType.FLOAT32);
    }

    /** The output, and the gradients of a function of it by the input and the weights. */
    private NDList run(Block layer, NDArray input, Precision precision) {
        NDList variables = new NDList(input);
        layer.getParameters().values().stream()
                .filter(Parameter::requiresGradient)
                .forEach(parameter -> variables.add(parameter.getArray()));
        try (GradMode recording = GradMode.on();
                Precision.Scope compute = precision.use()) {
            NDArray output =
                    layer.forward(new Weights(manager), new NDList(input), true).singletonOrThrow();
            NDArray weighted = Operators.toFloat32(output).sin();
            NDList all = new NDList(output);
            all.addAll(Autograd.gradients(manager, weighted.sum(), variables));
            return all;
        }
    }

    private static Block conv(int filters) {
        return Conv.builder()
                .setFilters(filters)
                .setKernelShape(new Shape(4, 4))
                .optStride(new Shape(2, 2))
                .optPadding(new Shape(1, 1))
                .build();
    }

    private static Block convTranspose(int filters) {
        return ConvTranspose.builder()
                .setFilters(filters)
                .setKernelShape(new Shape(4, 4))
                .optStride(new Shape(2, 2))
                .optPadding(new Shape(1, 1))
                .build();
    }

    private static Gan game(Penalty... penalties) {
        Block generator =
                new SequentialBlock()
                        .add(new Linear(8 * 4 * 4))
                        .add(
                                new LambdaBlock(
                                        x -> new NDList(x.get(0).reshape(new Shape(-1, 8, 4, 4)))))
                        .add(BatchNorm.builder().optActivation(Rectifier.relu()).build())
                        .add(convTranspose(1));
        Block discriminator =
                new SequentialBlock()
                        .add(conv(8))
                        .add(Blocks.batchFlattenBlock())
                        .add(new Linear(1));
        Gan.Builder game =
                Gan.builder()
                        .setGenerator(Generator.of(generator, new Shape(6)))
                        .setDiscriminator(Discriminator.of(discriminator, true, new Shape(1, 8, 8)))
                        .optLoss(new WassersteinLoss())
                        .optMovingAverage(0.9);
        for (Penalty penalty : penalties) {
            game.addPenalty(penalty);
        }
        return game.build();
    }

    private GanTrainer trainer(Gan gan, Precision precision) {
        return TinyGames.trainer(gan, TinyGames.data(manager, 12, 1, 8, 8))
                .optPrecision(precision)
                .build();
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void should_go_on_exactly_from_a_checkpoint(Precision precision) {
        Penalty penalty = new GradientPenalty(10);
        try (GanTrainer straight = trainer(game(penalty), precision);
                GanTrainer again = trainer(game(penalty), precision);
                GanTrainer resumed = trainer(game(penalty), precision)) {
            straight.train(7);
            Map<String, ByteBuffer> end = bytes(straight.getArrays());
            again.train(3);
            Map<String, NDArray> saved = again.getArrays();
            resumed.getArrays().forEach((name, array) -> TestSupport.write(array, saved.get(name)));
            resumed.restoreCounters(new LinkedHashMap<>(again.getCounters()));
            again.train(7);
            resumed.train(7);

            assertThat(bytes(again.getArrays())).isEqualTo(end);
            assertThat(bytes(resumed.getArrays())).isEqualTo(end);
        }
    }

    /** A picture of one colour is the same flipped and shifted, and so must its score be. */
    @ParameterizedTest
    @EnumSource(Precision.class)
    void should_compare_scores_of_one_precision(Precision precision) {
        NDArray[] plain = new NDArray[2];
        for (int i = 0; i < plain.length; i++) {
            NDArray colours = manager.randomUniform(-1f, 1f, new Shape(4, 1, 1, 1));
            plain[i] = colours.broadcast(new Shape(4, 1, 8, 8));
        }
        Gan gan = game(new ConsistencyPenalty(10, 1, 2, true));
        try (GanTrainer trainer =
                TinyGames.trainer(gan, new ListedDataset(plain)).optPrecision(precision).build()) {
            trainer.addListener(
                    new TrainingListener() {
                        @Override
                        public void onStep(GanTrainer t, StepReport report) {
                            assertThat(report.values().get("discriminator/consistency"))
                                    .isBetween(0f, 1e-10f);
                        }
                    });
            trainer.train(3);
        }
    }

    @Test
    void should_keep_weights_averages_and_optimisers_in_float32() {
        Map<String, ByteBuffer> exact;
        try (GanTrainer trainer = trainer(game(), Precision.FLOAT32)) {
            trainer.train(2);
            exact = bytes(trainer.getArrays());
        }
        try (GanTrainer trainer = trainer(game(), Precision.BFLOAT16)) {
            trainer.train(2);
            assertThat(trainer.getArrays().values())
                    .allMatch(array -> array.getDataType() == DataType.FLOAT32);
            assertThat(bytes(trainer.getArrays()))
                    .as("what was computed in bfloat16")
                    .isNotEqualTo(exact);
        }
        assertThat(Precision.current()).isEqualTo(Precision.FLOAT32);
    }

    @Test
    void should_compute_penalties_in_float32() {
        List<Float> penalties = new ArrayList<>();
        List<Float> losses = new ArrayList<>();
        for (Precision precision : Precision.values()) {
            try (GanTrainer trainer = trainer(game(new R1Penalty(1)), precision)) {
                trainer.addListener(
                        new TrainingListener() {
                            @Override
                            public void onStep(GanTrainer t, StepReport report) {
                                penalties.add(report.values().get("discriminator/r1"));
                                losses.add(report.values().get("discriminator/loss"));
                            }
                        });
                trainer.train(1);
            }
        }
        assertThat(penalties.get(1)).isEqualTo(penalties.get(0)).isPositive();
        assertThat(losses.get(1)).isNotEqualTo(losses.get(0));
    }
}
