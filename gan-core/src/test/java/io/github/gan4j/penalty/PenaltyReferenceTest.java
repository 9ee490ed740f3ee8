package io.github.gan4j.penalty;

import static io.github.gan4j.TestSupport.assertClose;
import static io.github.gan4j.TestSupport.doubles;
import static io.github.gan4j.TestSupport.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import io.github.gan4j.Components;
import io.github.gan4j.Critic;
import io.github.gan4j.Memory;
import io.github.gan4j.Penalty;
import io.github.gan4j.TestSupport;
import io.github.gan4j.run.Safetensors;
import io.github.gan4j.torch.Autograd;
import io.github.gan4j.torch.GradMode;
import io.github.gan4j.torch.TorchFunction;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Penalties against PyTorch: the value, and what each weight receives. Once with a perceptron on
 * points, once with convolutions on images of three channels, whose scores are a map.
 */
class PenaltyReferenceTest {

    private static final String POINTS = "penalties";
    private static final String IMAGES = "image_penalties";
    private static final List<String> WEIGHTS = List.of("w1", "b1", "w2", "b2");
    private static final Map<String, Case> CASES = new LinkedHashMap<>();

    private static final TorchFunction PERCEPTRON =
            TorchFunction.of(
                    "x: Tensor, w1: Tensor, b1: Tensor, w2: Tensor, b2: Tensor",
                    "return torch.linear(torch.tanh(torch.linear(x, w1, b1)), w2, b2)");
    private static final TorchFunction CONVOLUTIONS =
            TorchFunction.of(
                    "x: Tensor, w1: Tensor, b1: Tensor, w2: Tensor, b2: Tensor",
                    """
                    h = torch.tanh(torch.conv2d(x, w1, b1, [2, 2], [1, 1]))
                    return torch.conv2d(h, w2, b2)
                    """);

    static {
        CASES.put("r1", t -> new R1Penalty(10).evaluate(t.critic(), t.real(), t.fake()));
        CASES.put("r2", t -> new R2Penalty(10).evaluate(t.critic(), t.real(), t.fake()));
        CASES.put(
                "two_sided",
                t ->
                        new GradientPenalty(10)
                                .evaluate(t.critic(), t.real(), t.fake(), t.read("alpha")));
        CASES.put(
                "one_sided",
                t ->
                        new GradientPenalty(10, 1, true)
                                .evaluate(t.critic(), t.real(), t.fake(), t.read("alpha")));
        CASES.put(
                "zero_centered",
                t ->
                        new ZeroCenteredGradientPenalty(10)
                                .evaluate(t.critic(), t.real(), t.fake(), t.read("alpha")));
        CASES.put(
                "dragan",
                t ->
                        new DraganPenalty(10)
                                .evaluateAt(
                                        t.critic(), t.real(), t.read("noise"), t.read("alpha")));
        CASES.put(
                "consistency",
                t -> new ConsistencyPenalty(10).compare(t.critic(), t.real(), augmented(t)));
        CASES.put("lecam", PenaltyReferenceTest::lecam);
    }

    private final NDManager manager = TestSupport.newManager();
    private final GradMode recording = GradMode.on();

    @AfterEach
    void close() {
        recording.close();
        manager.close();
    }

    static Stream<Arguments> recorded() {
        return Stream.of(POINTS, IMAGES)
                .flatMap(
                        file ->
                                CASES.keySet().stream()
                                        .filter(
                                                name ->
                                                        TestSupport.reference(file)
                                                                .getNames()
                                                                .contains(name + "/value"))
                                        .map(name -> Arguments.of(file, name)));
    }

    @ParameterizedTest
    @MethodSource("recorded")
    void should_equal_pytorch(String file, String name) {
        Table table = new Table(file);

        check(table, name, CASES.get(name).evaluate(table));
    }

    /** The engine must not read a number from a Java buffer that is gone by then. */
    @ParameterizedTest
    @MethodSource("recorded")
    void should_survive_a_garbage_collection_before_the_gradient(String file, String name) {
        Table table = new Table(file);
        NDArray value = CASES.get(name).evaluate(table);

        TestSupport.collectGarbage();

        check(table, name, value);
    }

    /** Nothing that was recorded lies unread, and no penalty that is a term is left out. */
    @Test
    void should_cover_every_penalty() {
        for (String file : List.of(POINTS, IMAGES)) {
            List<String> values = new ArrayList<>();
            for (String name : TestSupport.reference(file).getNames()) {
                if (name.endsWith("/value")) {
                    values.add(name.substring(0, name.indexOf('/')));
                }
            }
            assertThat(CASES.keySet()).containsAll(values);
        }
        Map<String, List<String>> covered =
                Map.of(
                        "gp", List.of("one_sided", "two_sided"),
                        "gp0", List.of("zero_centered"));
        for (Penalty penalty : Components.list(Penalty.class)) {
            if (!penalty.isConstraint()) {
                String name = penalty.getName();
                assertThat(TestSupport.reference(IMAGES).getNames())
                        .containsAll(
                                covered.getOrDefault(name, List.of(name)).stream()
                                        .map(c -> c + "/value")
                                        .toList());
            }
        }
    }

    @Test
    void should_flip_and_shift_as_cropping_from_reflected_margins_does() {
        Table table = new Table(IMAGES);

        assertThat(doubles(augmented(table))).isEqualTo(doubles(table.read("augmented")));
    }

    private static NDArray augmented(Table table) {
        return FlipAndShift.apply(
                table.real(),
                table.read("flip").gt(0.5f),
                table.read("dy").toType(DataType.INT64, true),
                table.read("dx").toType(DataType.INT64, true));
    }

    /** The second of two steps, in the first of which the kinds had changed places. */
    private static NDArray lecam(Table table) {
        LecamPenalty penalty = new LecamPenalty(10, 1, 0.9f);
        penalty.evaluate(table.critic(), table.fake(), table.real());
        NDArray value = penalty.evaluate(table.critic(), table.real(), table.fake());
        NDArray sums = table.memory.get("sums");
        assertClose("sums", sums.get("0:2"), table.read("sums"), 1e-6);
        assertThat(sums.getFloat(2)).isEqualTo(0.19f, within(1e-6f));
        return value;
    }

    private static void check(Table table, String name, NDArray value) {
        // PyTorch's own float32 is this far from float64.
        double tolerance = 2 * Math.max(1e-6, table.spread(name));
        assertClose("value", value, table.read(name + "/value"), tolerance);
        NDList gradients = Autograd.gradients(value.getManager(), value, table.weights);
        double largest = 0;
        for (int i = 0; i < WEIGHTS.size(); i++) {
            String key = name + "/" + WEIGHTS.get(i);
            assertClose(key, gradients.get(i), table.read(key), tolerance);
            if (i < 3) {
                // The proof that a weight receives something; the last bias need not.
                double most = gradients.get(i).abs().max().getFloat();
                assertThat(most).as(key).isGreaterThan(0.05);
                largest = Math.max(largest, most);
            }
        }
        assertThat(largest).isGreaterThan(1e4 * tolerance);
    }

    /** A penalty of what was recorded. */
    private interface Case {
        NDArray evaluate(Table table);
    }

    /** What was recorded in a file, and the critic that it was recorded of. */
    private final class Table {

        private final Safetensors file;
        private final TorchFunction network;
        private final NDList weights = new NDList();
        private final Memory memory = new Memory(manager);

        Table(String name) {
            file = TestSupport.reference(name);
            network = name.equals(POINTS) ? PERCEPTRON : CONVOLUTIONS;
            for (String weight : WEIGHTS) {
                NDArray array = read(weight);
                array.setRequiresGradient(true);
                weights.add(array);
            }
        }

        NDArray read(String key) {
            return file.get(manager, key);
        }

        NDArray real() {
            return read("real");
        }

        NDArray fake() {
            return read("fake");
        }

        double spread(String group) {
            return json(file.getMetadata().get("spread")).get(group).asDouble();
        }

        Critic critic() {
            return new Critic() {
                @Override
                public NDArray score(NDArray samples) {
                    return network.call(
                            samples.getManager(),
                            samples,
                            weights.get(0),
                            weights.get(1),
                            weights.get(2),
                            weights.get(3));
                }

                @Override
                public Memory getMemory() {
                    return memory;
                }
            };
        }
    }
}
