package io.github.gan4j.models;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import io.github.gan4j.Discriminator;
import io.github.gan4j.Generator;
import io.github.gan4j.Network;
import io.github.gan4j.Weights;
import io.github.gan4j.models.VariantGames.Recipe;
import io.github.gan4j.nn.SecondOrder;
import io.github.gan4j.torch.Autograd;
import io.github.gan4j.torch.GradMode;
import io.github.gan4j.torch.Operators;
import io.github.gan4j.torch.Torch;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The networks of every variant on a GPU beside the same on the CPU: what they return, and its
 * gradients. Where there is no GPU, nothing is tested.
 */
@EnabledIf("isThere")
class GpuTest {

    private static final int BATCH = 4;

    /**
     * Relative to the size of all gradients together. cuDNN multiplies in TF32, of 11 significant
     * bits, and errors add up over layers.
     */
    private static final double TOLERANCE = 2e-2;

    private final NDManager cpu = Torch.newManager();
    private final NDManager gpu = Torch.newManager(Device.gpu());

    static boolean isThere() {
        return Torch.startEngine().getGpuCount() > 0;
    }

    static List<Recipe> networks() {
        return VariantGames.networks(Network.class);
    }

    static List<Recipe> discriminators() {
        return VariantGames.networks(Discriminator.class);
    }

    @AfterEach
    void close() {
        cpu.close();
        gpu.close();
    }

    @ParameterizedTest
    @MethodSource("networks")
    void should_compute_what_the_cpu_computes(Recipe recipe) {
        compare(recipe, Side::slopes);
    }

    @ParameterizedTest
    @MethodSource("discriminators")
    void should_differentiate_twice(Recipe recipe) {
        compare(recipe, Side::slopesOfSlopes);
    }

    private void compare(Recipe recipe, Function<Side, NDList> what) {
        Side there = new Side(recipe.newNetwork(), gpu);
        Side here = new Side(recipe.newNetwork(), cpu);
        here.take(there);
        assertClose(what.apply(there), what.apply(here));
    }

    private static void assertClose(NDList found, NDList expected) {
        assertThat(found).allSatisfy(array -> assertThat(array.getDevice().isGpu()).isTrue());
        double squares = 0;
        double errors = 0;
        for (int i = 0; i < found.size(); i++) {
            float[] some = found.get(i).toFloatArray();
            float[] others = expected.get(i).toFloatArray();
            assertThat(some).hasSameSizeAs(others);
            for (int k = 0; k < some.length; k++) {
                squares += others[k] * (double) others[k];
                errors += (some[k] - others[k]) * (double) (some[k] - others[k]);
            }
        }
        assertThat(squares).isPositive();
        assertThat(Math.sqrt(errors / squares)).isLessThan(TOLERANCE);
    }

    /** A network on one device, and inputs for it. */
    private static final class Side {

        private final Network network;
        private final NDManager manager;
        private final NDList inputs = new NDList();

        Side(Network network, NDManager manager) {
            this.network = network;
            this.manager = manager;
            Torch.seed(1);
            Shape[] shapes = network.getInputShapes();
            Shape[] batches = new Shape[shapes.length];
            for (int i = 0; i < shapes.length; i++) {
                batches[i] = new Shape(BATCH).addAll(shapes[i]);
                boolean labels = shapes[i].dimension() == 0;
                inputs.add(
                        labels
                                ? manager.create(new long[] {0, 1, 2, 0})
                                : manager.randomNormal(batches[i]));
            }
            network.getBlock().initialize(manager, DataType.FLOAT32, batches);
        }

        /** Takes weights and inputs over from another side. */
        void take(Side other) {
            Operators.copy(arrays(), other.arrays());
            for (int i = 0; i < inputs.size(); i++) {
                if (inputs.get(i).getDataType() == DataType.FLOAT32) {
                    Operators.copy(new NDList(inputs.get(i)), new NDList(other.inputs.get(i)));
                }
            }
        }

        private NDList arrays() {
            NDList arrays = new NDList();
            network.getBlock().getParameters().values().forEach(p -> arrays.add(p.getArray()));
            return arrays;
        }

        private NDList weights() {
            NDList weights = new NDList();
            for (Parameter parameter : network.getBlock().getParameters().values()) {
                if (parameter.requiresGradient()) {
                    parameter.getArray().setRequiresGradient(true);
                    weights.add(parameter.getArray());
                }
            }
            return weights;
        }

        private NDArray loss() {
            // As it is used when trained: but of dropout, which is drawn, there is none in
            // inference.
            boolean training = !(network instanceof Generator);
            Block block = network.getBlock();
            NDList outputs = block.forward(new Weights(manager), inputs, training);
            NDArray sum = outputs.get(0).square().sum();
            for (NDArray more : outputs.subNDList(1)) {
                sum = sum.add(more.square().sum());
            }
            return sum;
        }

        NDList slopes() {
            try (GradMode recording = GradMode.on()) {
                return Autograd.gradients(manager, loss(), weights());
            }
        }

        NDList slopesOfSlopes() {
            try (GradMode recording = GradMode.on();
                    SecondOrder order = SecondOrder.on()) {
                NDArray x = inputs.get(0);
                x.setRequiresGradient(true);
                NDList weights = weights();
                NDArray slope =
                        Autograd.differentiableGradients(manager, loss(), new NDList(x)).head();
                return Autograd.gradients(manager, slope.square().sum(), weights);
            }
        }
    }
}
