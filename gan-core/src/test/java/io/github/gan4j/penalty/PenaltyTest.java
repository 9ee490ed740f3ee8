package io.github.gan4j.penalty;

import static io.github.gan4j.TestSupport.assertClose;
import static io.github.gan4j.TestSupport.centralDifferences;
import static io.github.gan4j.TestSupport.doubles;
import static io.github.gan4j.TestSupport.list;
import static io.github.gan4j.TestSupport.scalar;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.training.initializer.NormalInitializer;
import io.github.gan4j.Components;
import io.github.gan4j.Critic;
import io.github.gan4j.InvalidInputException;
import io.github.gan4j.Memory;
import io.github.gan4j.Penalty;
import io.github.gan4j.TestSupport;
import io.github.gan4j.Weights;
import io.github.gan4j.nn.BatchNorm;
import io.github.gan4j.torch.Autograd;
import io.github.gan4j.torch.GradMode;
import io.github.gan4j.torch.Torch;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PenaltyTest {

    private final NDManager manager = TestSupport.newManager();
    private final GradMode recording = GradMode.on();

    @BeforeEach
    void seed() {
        Torch.seed(11);
    }

    @AfterEach
    void close() {
        recording.close();
        manager.close();
    }

    @Test
    void should_have_the_name_that_users_call_it_by() {
        assertThat(new R1Penalty(1).getName()).isEqualTo("r1");
        assertThat(new GradientPenalty(1).getName()).isEqualTo("gp");
    }

    @Test
    void should_be_half_gamma_times_the_squared_slope_of_a_line() {
        NDArray slope = manager.create(new float[] {3, 4}, new Shape(2, 1));
        Critic line = x -> x.matMul(slope);
        NDArray real = manager.randomNormal(new Shape(5, 2));

        NDArray value = new R1Penalty(10).evaluate(line, real, real);

        assertThat(value.getFloat()).isEqualTo(5f * 25, within(1e-4f));
    }

    @Test
    void should_weigh_the_distance_of_the_slope_from_one() {
        NDArray slope = manager.create(new float[] {3, 4}, new Shape(2, 1));
        Critic line = x -> x.matMul(slope);
        NDArray real = manager.randomNormal(new Shape(5, 2));
        NDArray fake = manager.randomNormal(new Shape(5, 2));

        NDArray value = new GradientPenalty(10).evaluate(line, real, fake);

        assertThat(value.getFloat()).isEqualTo(10f * 16, within(1e-4f));
    }

    @Test
    void should_draw_one_point_between_each_pair() {
        NDArray real = manager.ones(new Shape(64, 1, 2, 2));
        NDArray fake = manager.zeros(new Shape(64, 1, 2, 2));
        NDArray[] seen = new NDArray[1];
        Critic critic =
                x -> {
                    seen[0] = x;
                    return x.sum(new int[] {1, 2, 3});
                };

        new GradientPenalty(10).evaluate(critic, real, fake);

        NDArray points = seen[0].reshape(64, 4);
        assertThat(points.max(new int[] {1}).sub(points.min(new int[] {1})).max().getFloat())
                .as("the pixels of a sample move together")
                .isZero();
        assertThat(points.min().getFloat()).isBetween(0f, 0.2f);
        assertThat(points.max().getFloat()).isBetween(0.8f, 1f);
    }

    /**
     * A line over packs of three points, with a slope of norm 6: a pack is what the critic is a
     * function of, so all that counts is the norm of the gradient by all of it.
     */
    @Test
    void should_take_a_pack_for_one_sample() {
        NDArray slope = manager.create(new float[] {1, 3, 1, 3, 0, 4}, new Shape(6, 1));
        Critic line = packed(3, x -> x.reshape(-1, 6).matMul(slope));
        NDArray real = manager.randomNormal(new Shape(12, 2));
        NDArray fake = manager.randomNormal(new Shape(12, 2));

        for (Penalty flat :
                new Penalty[] {
                    new R1Penalty(2), new R2Penalty(2), new ZeroCenteredGradientPenalty(1)
                }) {
            assertThat(flat.evaluate(line, real, fake).getFloat())
                    .as(flat.getName())
                    .isEqualTo(36, within(1e-4f));
        }
        for (Penalty one : new Penalty[] {new GradientPenalty(10), new DraganPenalty(10)}) {
            assertThat(one.evaluate(line, real, fake).getFloat())
                    .as(one.getName())
                    .isEqualTo(250, within(1e-3f));
        }
    }

    @Test
    void should_draw_one_point_between_each_pair_of_packs() {
        NDArray real = manager.ones(new Shape(12, 1, 2, 2));
        NDArray[] seen = new NDArray[1];
        Critic critic =
                packed(
                        3,
                        x -> {
                            seen[0] = x;
                            return x.reshape(4, 12).sum(new int[] {1});
                        });

        new GradientPenalty(10).evaluate(critic, real, real.zerosLike());

        NDArray points = seen[0].reshape(4, 12);
        assertThat(points.max(new int[] {1})).isEqualTo(points.min(new int[] {1}));
        assertThat(points.max().getFloat()).isGreaterThan(points.min().getFloat());
    }

    private Critic packed(int packing, UnaryOperator<NDArray> network) {
        return critic(network, new Memory(manager), packing);
    }

    /** All terms that can be found by name, and their kinds. */
    static Stream<String> terms() {
        return Stream.concat(
                Components.list(Penalty.class).stream()
                        .filter(penalty -> !penalty.isConstraint())
                        .map(Penalty::getName)
                        .map(name -> name.equals("consistency") ? name + ":shift=2" : name),
                Stream.of("gp:oneSided=true", "consistency:shift=0", "dragan=1:radius=2"));
    }

    /**
     * A critic of convolution and batch norm on images of three channels, in double precision: the
     * gradient that reaches its weights, of second order in most penalties.
     */
    @ParameterizedTest
    @MethodSource("terms")
    void should_agree_with_finite_differences(String spec) {
        Penalty penalty = Components.parse(Penalty.class, spec);
        Block block =
                new SequentialBlock()
                        .add(conv(2, 2))
                        .add(BatchNorm.builder().build())
                        .add(Activation.tanhBlock())
                        .add(conv(1, 2))
                        .add(Blocks.batchFlattenBlock());
        block.setInitializer(new NormalInitializer(0.5f), Parameter.Type.WEIGHT);
        Shape shape = new Shape(4, 3, 4, 4);
        block.initialize(manager, DataType.FLOAT64, shape);
        NDArray real = manager.randomNormal(0f, 1f, shape, DataType.FLOAT64);
        NDArray fake = manager.randomNormal(0f, 1f, shape, DataType.FLOAT64);
        Memory memory = longMemory(spec);
        Function<NDManager, NDArray> value =
                scope -> {
                    Torch.seed(12); // the same draws in each call
                    NDArray r = real.duplicate();
                    NDArray f = fake.duplicate();
                    r.attach(scope);
                    f.attach(scope);
                    return penalty.evaluate(
                            critic(
                                    x -> block.forward(new Weights(manager), list(x), true).get(0),
                                    memory),
                            r,
                            f);
                };
        NDList weights = new NDList();
        block.getParameters()
                .values()
                .forEach(
                        p -> {
                            if (p.requiresGradient()) {
                                weights.add(p.getArray());
                            }
                        });

        NDList gradients = Autograd.gradients(manager, value.apply(manager), weights);

        assertThat(weights).hasSize(6);
        for (int i = 0; i < weights.size(); i++) {
            double[] expected =
                    centralDifferences(weights.get(i), 1e-5, () -> scalar(manager, value));
            double largest = 0;
            for (double v : expected) {
                largest = Math.max(largest, Math.abs(v));
            }
            assertClose(
                    "gradient by weight " + i,
                    doubles(gradients.get(i)),
                    expected,
                    1e-7 * Math.max(1, largest));
            // The last bias shifts all scores and the first is undone by batch norm.
            if (i != 1 && i != 5) {
                assertThat(largest).as("weight " + i).isGreaterThan(1e-2);
            }
        }
    }

    /**
     * Finite differences see the moving averages of LeCam move, which the gradient takes for
     * constants: so they are given such weight that one batch does not move them.
     */
    private Memory longMemory(String spec) {
        Memory memory = new Memory(manager);
        if (spec.startsWith("lecam")) {
            memory.put("sums", manager.create(new double[] {1e12, -1e12, 1e12}));
        }
        return memory;
    }

    private static Critic critic(UnaryOperator<NDArray> network, Memory memory) {
        return critic(network, memory, 1);
    }

    private static Critic critic(UnaryOperator<NDArray> network, Memory memory, int packing) {
        return new Critic() {
            @Override
            public NDArray score(NDArray samples) {
                return network.apply(samples);
            }

            @Override
            public int getPacking() {
                return packing;
            }

            @Override
            public Memory getMemory() {
                return memory;
            }
        };
    }

    /** A constraint is no term, but moves weights: into the box, and no further. */
    @Test
    void should_bring_weights_into_a_box() {
        NDArray weight = manager.create(new float[] {-3, -0.5f, 0, 0.2f, 7});
        WeightClipping clip = new WeightClipping(0.5f);

        assertThat(clip.isConstraint()).isTrue();
        assertThat(clip.evaluate(x -> x, weight, weight)).isNull();
        clip.constrain(list(weight));

        assertThat(weight.toFloatArray()).containsExactly(-0.5f, -0.5f, 0, 0.2f, 0.5f);
    }

    /** The known constraints; whatever else is found must be a term. */
    @Test
    void should_be_a_term_or_a_constraint() {
        NDArray weight = manager.create(new float[] {3, 4}, new Shape(2, 1));
        weight.setRequiresGradient(true);
        NDArray points = manager.randomNormal(new Shape(4, 2));
        for (Penalty penalty : Components.list(Penalty.class)) {
            boolean images = penalty.getName().equals("consistency");
            NDArray samples = images ? points.reshape(4, 1, 1, 2) : points;
            Penalty small =
                    images ? Components.parse(Penalty.class, "consistency:shift=0") : penalty;
            NDArray value =
                    small.evaluate(
                            critic(x -> x.reshape(-1, 2).matMul(weight), new Memory(manager)),
                            samples,
                            samples.neg());
            assertThat(value == null).as(penalty.getName()).isEqualTo(penalty.isConstraint());
        }
    }

    private static Conv2d conv(int filters, long kernel) {
        return Conv2d.builder()
                .setFilters(filters)
                .setKernelShape(new Shape(kernel, kernel))
                .build();
    }

    @Test
    void should_give_finite_gradients_where_the_critic_is_flat() {
        NDArray weight = manager.zeros(new Shape(2, 1));
        weight.setRequiresGradient(true);
        NDArray real = manager.ones(new Shape(3, 2));

        NDArray value = new GradientPenalty(10).evaluate(x -> x.matMul(weight), real, real.mul(2));
        NDArray gradient = Autograd.gradients(manager, value, list(weight)).get(0);

        assertThat(value.getFloat()).isEqualTo(10, within(1e-4f));
        assertThat(gradient.toFloatArray()).containsOnly(0);
    }

    @Test
    void should_leave_its_samples_as_they_are() {
        NDArray real = manager.randomNormal(new Shape(3, 2));
        NDArray weight = manager.ones(new Shape(2, 1));

        new R1Penalty(1).evaluate(x -> x.matMul(weight), real, real);

        assertThat(real.hasGradient()).isFalse();
    }

    /** In an imagined round samples are functions of weights. */
    @Test
    void should_pass_on_gradients_to_what_its_samples_are_computed_from() {
        NDArray t = manager.create(new float[] {2}, new Shape(1, 1));
        t.setRequiresGradient(true);
        NDArray real = t.mul(t);

        NDArray value = new R1Penalty(1).evaluate(x -> x.mul(x), real, real);

        // The slope of the scores is 2 t^2, so the penalty is 2 t^4.
        assertThat(value.getFloat()).isEqualTo(32);
        NDArray gradient = Autograd.gradients(manager, value, list(t)).singletonOrThrow();
        assertThat(gradient.toFloatArray()).containsExactly(64);
    }

    @Test
    void should_apply_every_step_unless_told_otherwise() {
        assertThat(new R1Penalty(1).getInterval()).isEqualTo(1);
        assertThat(new R1Penalty(1, 16).getInterval()).isEqualTo(16);
        assertThat(new GradientPenalty(1).getInterval()).isEqualTo(1);
    }

    @Test
    void should_refuse_weights_and_intervals_out_of_range() {
        assertThatThrownBy(() -> new R1Penalty(10, 0))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("The interval of the penalty r1 is 0; it must be 1 or more.");
        assertThatThrownBy(() -> new R1Penalty(-1))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("The weight of the penalty r1 is -1.0; it must be 0 or more.");
        assertThatThrownBy(() -> new GradientPenalty(Float.NaN))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("The weight of the penalty gp is NaN; it must be 0 or more.");
    }
}
