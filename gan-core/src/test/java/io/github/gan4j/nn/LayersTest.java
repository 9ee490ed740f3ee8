package io.github.gan4j.nn;

import static io.github.gan4j.TestSupport.bytes;
import static io.github.gan4j.TestSupport.doubles;
import static io.github.gan4j.TestSupport.list;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import io.github.gan4j.InvalidInputException;
import io.github.gan4j.TestSupport;
import io.github.gan4j.Weights;
import io.github.gan4j.torch.Torch;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How layers start, what is special in each, and what they say to inputs that they cannot take. */
class LayersTest {

    private final NDManager manager = TestSupport.newManager();

    @BeforeEach
    void seed() {
        Torch.seed(11);
    }

    @AfterEach
    void close() {
        manager.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void should_start_as_if_self_attention_were_not_there(boolean spectralNorm) {
        NDArray x = manager.randomNormal(new Shape(1, 8, 2, 2));

        assertThat(bytes(forward(new SelfAttention(8, spectralNorm), x))).isEqualTo(bytes(x));
    }

    @Test
    void should_leave_the_start_of_self_attention_at_0_if_scales_are_initialised() {
        Block block = new SelfAttention(8);
        block.setInitializer((m, shape, type) -> m.ones(shape, type), Parameter.Type.GAMMA);
        block.initialize(manager, DataType.FLOAT32, new Shape(1, 8, 4, 4));

        assertThat(block.getParameters().get("gamma").getArray().toFloatArray()).containsExactly(0);
    }

    @Test
    void should_start_with_the_same_gain_for_all_classes() {
        Block block = ConditionalBatchNorm.builder().setClasses(4).build();
        block.initialize(manager, DataType.FLOAT32, new Shape(2, 3), new Shape(2));

        assertThat(block.getParameters().get("gamma").getArray())
                .isEqualTo(manager.ones(new Shape(4, 3)));
        assertThat(block.getParameters().get("beta").getArray())
                .isEqualTo(manager.zeros(new Shape(4, 3)));
        assertThat(block.getParameters().get("gamma").getType()).isEqualTo(Parameter.Type.GAMMA);
    }

    @Test
    void should_start_label_embeddings_from_a_standard_normal() {
        Block block = new LabelEmbedding(100, 20);
        block.initialize(manager, DataType.FLOAT32, new Shape(2));

        NDArray weight = block.getParameters().get("weight").getArray();
        assertThat(doubles(weight.mean())[0]).isCloseTo(0, within(0.1));
        assertThat(doubles(weight.square().mean())[0]).isCloseTo(1, within(0.1));
    }

    @Test
    void should_see_collapse_in_the_standard_deviation_of_a_batch() {
        NDArray same = manager.randomNormal(new Shape(1, 2, 3, 3)).repeat(0, 4);

        NDArray collapsed = forward(new MinibatchStdDev(), same).get(":, 2");
        NDArray diverse =
                forward(new MinibatchStdDev(), manager.randomNormal(same.getShape())).get(":, 2");

        assertThat(doubles(collapsed)).containsOnly(doubles(collapsed)[0]);
        assertThat(doubles(collapsed)[0]).isCloseTo(0, within(2e-4));
        assertThat(doubles(diverse)[0]).isGreaterThan(0.3);
    }

    @Test
    void should_have_independent_groups() {
        NDArray x = manager.randomNormal(new Shape(8, 1, 2, 2));
        double[] before = doubles(forward(new MinibatchStdDev(), x).get(":, 1, 0, 0"));
        x.set(new NDIndex("1"), 9);

        double[] after = doubles(forward(new MinibatchStdDev(), x).get(":, 1, 0, 0"));

        // Sample 1 is with 3, 5 and 7.
        for (int i = 0; i < 8; i++) {
            assertThat(after[i] == before[i]).as("sample " + i).isEqualTo(i % 2 == 0);
        }
    }

    @Test
    void should_be_the_largest_of_linear_functions() {
        Block block = new Maxout(1, 3);
        block.initialize(manager, DataType.FLOAT32, new Shape(1, 1));
        block.getParameters().get("weight").getArray().set(new float[] {1, -1, 0});
        block.getParameters().get("bias").getArray().set(new float[] {0, 0, 2});
        NDArray x = manager.create(new float[] {-3, -1, 0, 1, 3}, new Shape(5, 1));

        NDArray y = block.forward(new Weights(manager), list(x), true).singletonOrThrow();

        assertThat(doubles(y)).containsExactly(3, 2, 2, 2, 3);
    }

    @Test
    void should_not_mix_samples_but_in_batch_norm() {
        for (Block block :
                List.of(
                        InstanceNorm.builder().build(),
                        GroupNorm.builder().setGroups(2).build(),
                        new PixelNorm(),
                        new SelfAttention(8))) {
            block.initialize(manager, DataType.FLOAT32, new Shape(3, 8, 4, 4));
            NDArray x = manager.randomNormal(new Shape(3, 8, 4, 4));
            NDArray all = run(block, list(x));
            NDArray one = run(block, list(x.get("1:2")));
            TestSupport.assertClose(block.toString(), one, all.get("1:2"), 1e-6);
        }
    }

    @Test
    void should_hand_labels_through_nested_containers_to_conditional_blocks_alone() {
        Block block =
                new Sequential()
                        .add(LayerCases.linear(3))
                        .add(
                                new ResidualBlock(
                                        new Sequential()
                                                .add(LayerCases.linear(3))
                                                .add(
                                                        ConditionalBatchNorm.builder()
                                                                .setClasses(2)
                                                                .build())))
                        .add(new SkipConnection(LayerCases.linear(2)));
        Shape[] shapes = {new Shape(4, 5), new Shape(4)};
        block.initialize(manager, DataType.FLOAT32, shapes);
        assertThat(block.getOutputShapes(shapes)).containsExactly(new Shape(4, 5));
        Parameter beta =
                block.getParameters().get("02ResidualBlock_01main_02ConditionalBatchNorm_beta");
        beta.getArray().set(new float[] {0, 0, 0, 7, 7, 7});
        NDArray x = manager.randomNormal(shapes[0]);

        NDArray zeros = run(block, list(x, manager.create(new long[] {0, 0, 0, 0})));
        NDArray mixed = run(block, list(x, manager.create(new long[] {0, 1, 0, 1})));

        assertThat(zeros.getShape()).isEqualTo(new Shape(4, 5));
        double[] change = doubles(mixed.sub(zeros).get(":, 0"));
        assertThat(change).containsExactly(new double[] {0, 7, 0, 7}, within(1e-5));
    }

    @Test
    void should_serve_as_containers_without_labels_too() {
        Block block =
                new SequentialBlock().add(new Sequential().add(new ResidualBlock(new PixelNorm())));
        NDArray x = manager.ones(new Shape(1, 4));

        assertThat(doubles(forward(block, x)))
                .containsExactly(new double[] {2, 2, 2, 2}, within(1e-6));
    }

    @Test
    void should_refuse_labels_of_another_type_or_shape_or_out_of_range() {
        Block norm = ConditionalBatchNorm.builder().setClasses(3).build();
        norm.initialize(manager, DataType.FLOAT32, new Shape(2, 4), new Shape(2));
        NDArray x = manager.ones(new Shape(2, 4));

        assertRefused(
                () -> run(norm, list(x, manager.create(new float[] {0, 1}))),
                "ConditionalBatchNorm needs labels of type int64, not float32; convert them with"
                        + " toType.");
        assertRefused(
                () -> run(norm, list(x, manager.create(new long[] {0}))),
                "ConditionalBatchNorm needs one label for each of 2 samples, not labels of shape"
                        + " (1).");
        String range =
                " knows the labels 0 to 2, and was given %d; set the number of classes to"
                        + " that of the data set.";
        assertRefused(
                () -> run(norm, list(x, manager.create(new long[] {0, 3}))),
                "ConditionalBatchNorm" + range.formatted(3));
        assertRefused(
                () -> forward(new LabelEmbedding(3, 2), manager.create(new long[] {0, -1})),
                "LabelEmbedding" + range.formatted(-1));
        assertRefused(
                () -> forward(new OneHot(3), manager.create(new long[] {5, 0})),
                "OneHot" + range.formatted(5));
        assertRefused(
                () -> run(norm, list(x)),
                "ConditionalBatchNorm takes features and labels, not 1 inputs; put it into a"
                        + " Sequential that is fed labels.");
    }

    @Test
    void should_say_in_one_line_which_shape_does_not_fit() {
        assertRefused(
                () -> forward(InstanceNorm.builder().build(), ones(2, 3, 1, 1)),
                "InstanceNorm needs more than one element in each channel, and its input"
                        + " (2, 3, 1, 1) has one; leave the layer out there.");
        assertRefused(
                () -> forward(GroupNorm.builder().setGroups(4).build(), ones(2, 6)),
                "6 channels cannot be shared among 4 groups.");
        assertRefused(
                () -> forward(new MinibatchStdDev(), ones(6, 2)),
                "MinibatchStdDev cannot take 6 samples in groups of 4; choose a batch size that is"
                        + " a multiple of it.");
        assertRefused(
                () -> forward(new MinibatchStdDev(2, 2), ones(2, 3)),
                "MinibatchStdDev cannot take 3 channels in 2 equal parts.");
        assertRefused(
                () -> forward(new ReflectionPad2d(3), ones(1, 1, 3, 4)),
                "Images of shape (1, 1, 3, 4) are too small to be padded by reflection with as many"
                        + " pixels.");
        assertRefused(
                () -> forward(new PixelShuffle(2), ones(1, 6, 3, 4)),
                "PixelShuffle by 2 needs a multiple of 4 channels, not 6.");
        assertRefused(
                () -> forward(new Upsample(2), ones(1, 6)),
                "Upsample takes inputs (N, C, L) to (N, C, D, H, W), not one of shape (1, 6).");
        assertRefused(
                () -> forward(ResizeBilinear.by(2), ones(1, 6, 2)),
                "ResizeBilinear takes inputs (N, C, H, W), not one of shape (1, 6, 2).");
        assertRefused(
                () -> forward(new SelfAttention(8), ones(1, 9, 2, 2)),
                "SelfAttention has 8 channels, but its input (1, 9, 2, 2) has 9.");
        assertRefused(
                () -> forward(new SelfAttention(8), ones(1, 8, 1, 2)),
                "SelfAttention needs images of 2 by 2 pixels or more, not (1, 8, 1, 2).");
        assertRefused(
                () -> forward(new Maxout(2), ones(1, 8, 1)),
                "Maxout takes inputs (N, K), not one of shape (1, 8, 1).");
        assertRefused(
                () -> forward(new ResidualBlock(LayerCases.linear(2)), ones(1, 3)),
                "ResidualBlock cannot add its main path (1, 2) and its shortcut (1, 3); give it a"
                        + " shortcut that returns the same shape.");
        assertRefused(
                () -> forward(new SkipConnection(new Upsample(2)), ones(1, 3, 2)),
                "SkipConnection cannot put the channels of (1, 3, 4) behind those of its input"
                        + " (1, 3, 2); all other axes must be the same.");
    }

    @Test
    void should_refuse_settings_that_make_no_layer() {
        assertRefused(
                () -> GroupNorm.builder().build(),
                "The number of groups must be set, and above 0: 0");
        assertRefused(
                () -> ConditionalBatchNorm.builder().build(),
                "The number of classes must be set, and above 0: 0");
        assertRefused(() -> new MinibatchStdDev(0, 1), "The group size must be above 0, not 0.");
        assertRefused(
                () -> new MinibatchStdDev(2, 0),
                "The number of added channels must be above 0, not 0.");
        assertRefused(() -> new Maxout(0), "Maxout needs units and pieces above 0, not 0 and 5.");
        assertRefused(() -> new Upsample(0), "The factor must be above 0, not 0.");
        assertRefused(() -> new PixelShuffle(-1), "The factor must be above 0, not -1.");
        assertRefused(() -> ResizeBilinear.by(0), "The factor must be above 0, not 0.");
        assertRefused(() -> ResizeBilinear.to(0, 4), "Images cannot be resized to 0 x 4 pixels.");
        assertRefused(
                () -> new ReflectionPad2d(1, 0, -1, 2),
                "The padding must not be negative: [1, 0, -1, 2]");
        assertRefused(() -> new SelfAttention(4), "SelfAttention needs 8 channels or more, not 4.");
        assertRefused(() -> new OneHot(0), "The number of classes must be above 0, not 0.");
        assertRefused(
                () -> new LabelEmbedding(0, 3),
                "LabelEmbedding needs classes and a size above 0, not 0 and 3.");
    }

    private static void assertRefused(ThrowingCallable call, String message) {
        assertThatThrownBy(call).isInstanceOf(InvalidInputException.class).hasMessage(message);
    }

    private NDArray ones(long... shape) {
        return manager.ones(new Shape(shape));
    }

    private NDArray forward(Block block, NDArray x) {
        block.initialize(manager, DataType.FLOAT32, x.getShape());
        return run(block, list(x));
    }

    private NDArray run(Block block, NDList inputs) {
        return block.forward(new Weights(manager), inputs, true).singletonOrThrow();
    }
}
