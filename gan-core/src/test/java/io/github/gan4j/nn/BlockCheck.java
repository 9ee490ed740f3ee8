package io.github.gan4j.nn;

import static io.github.gan4j.TestSupport.assertClose;
import static io.github.gan4j.TestSupport.bytes;
import static io.github.gan4j.TestSupport.doubles;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.MalformedModelException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.util.Pair;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.gan4j.TestSupport;
import io.github.gan4j.Weights;
import io.github.gan4j.run.Safetensors;
import io.github.gan4j.torch.Autograd;
import io.github.gan4j.torch.Operators;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.DoubleBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * A block with recorded inputs and parameters, held against what PyTorch recorded and against
 * finite differences. The keys are those of {@code record_layers.py}. Recording of gradients must
 * be on.
 */
final class BlockCheck {

    private static final Safetensors REFERENCE = TestSupport.reference("layers");
    private static final JsonNode CASES = TestSupport.json(REFERENCE.getMetadata().get("cases"));
    private static final JsonNode SPREAD = TestSupport.json(REFERENCE.getMetadata().get("spread"));

    private final NDManager manager;
    private final String name;
    private final Supplier<Block> maker;
    private final DataType type;
    private final Block block;
    private final NDList inputs = new NDList();

    BlockCheck(NDManager manager, String name, Supplier<Block> maker, DataType type) {
        this.manager = manager;
        this.name = name;
        this.maker = maker;
        this.type = type;
        CASES.get(name).get("inputs").forEach(i -> inputs.add(recorded(i.asText())));
        block = maker.get();
        block.initialize(manager, type, inputs.getShapes());
        writeParameters();
        inputs.stream()
                .filter(x -> x.getDataType().isFloating())
                .forEach(x -> x.setRequiresGradient(true));
    }

    static Iterable<String> names() {
        return CASES::fieldNames;
    }

    Block getBlock() {
        return block;
    }

    NDList getInputs() {
        return inputs;
    }

    boolean isTraining() {
        return CASES.get(name).get("training").asBoolean();
    }

    NDArray forward() {
        return forward(block, inputs);
    }

    private NDArray forward(Block any, NDList fed) {
        return any.forward(new Weights(manager), fed, isTraining()).singletonOrThrow();
    }

    /** Values, gradients of first and, where recorded, second order, and statistics. */
    void assertEqualsPytorch() {
        assertThat(parameterNames()).as("parameters").isEqualTo(recordedParameterNames());
        double tolerance = 1e-6 + 4 * SPREAD.get(name).asDouble();
        Map<String, NDArray> actual = new LinkedHashMap<>();
        NDArray y = forward();
        actual.put("y", y);
        Map<String, NDArray> variables = variables();
        if (!variables.isEmpty()) {
            Map<String, NDArray> first = gradients(product(y, "gy"), variables);
            actual.putAll(first);
            if (isOfSecondOrder()) {
                gradients(product(first.get("dx"), "gx"), variables)
                        .forEach((key, gradient) -> actual.put("d" + key, gradient));
            }
        }
        if (isTraining()) {
            block.getParameters().stream()
                    .filter(p -> !p.getValue().requiresGradient())
                    .forEach(p -> actual.put("after/" + p.getKey(), p.getValue().getArray()));
        }
        actual.forEach((key, array) -> assertClose(key, array, recorded(key), tolerance));
        long expected =
                REFERENCE.getNames().stream()
                        .filter(key -> key.startsWith(name + "/"))
                        .map(key -> key.substring(name.length() + 1))
                        .filter(key -> key.matches("y|d.*|after/.*"))
                        .count();
        assertThat(actual).as("everything recorded is compared").hasSize((int) expected);
    }

    /** Gradients of first and second order, along a direction, against central differences. */
    void assertEqualsFiniteDifferences() {
        assertThat(type).isEqualTo(DataType.FLOAT64);
        Map<String, NDArray> variables = variables();
        Map<String, NDArray> first = gradients(product(freshForward(), "gy"), variables);
        assertDifferences(first, variables, () -> product(freshForward(), "gy"));
        if (isOfSecondOrder()) {
            Supplier<NDArray> slope =
                    () -> {
                        Map<String, NDArray> x = Map.of("dx", inputs.head());
                        return product(gradients(product(freshForward(), "gy"), x).get("dx"), "gx");
                    };
            assertDifferences(gradients(slope.get(), variables), variables, slope);
        }
    }

    private void assertDifferences(
            Map<String, NDArray> gradients,
            Map<String, NDArray> variables,
            Supplier<NDArray> function) {
        Random random = new Random(7);
        gradients.forEach(
                (key, gradient) -> {
                    NDArray variable = variables.get(key);
                    double[] direction = random.doubles(variable.size(), -1, 1).toArray();
                    double actual = dot(doubles(gradient), direction);
                    double expected = slope(variable, direction, function);
                    assertThat(actual).as(key).isCloseTo(expected, within(1e-5));
                });
    }

    /** The central difference {@code (f(x + h d) - f(x - h d)) / 2h} along a direction d. */
    private static double slope(NDArray variable, double[] direction, Supplier<NDArray> function) {
        double h = 1e-5;
        double[] values = doubles(variable);
        move(variable, values, direction, h);
        double above = doubles(function.get())[0];
        move(variable, values, direction, -h);
        double below = doubles(function.get())[0];
        move(variable, values, direction, 0);
        return (above - below) / (2 * h);
    }

    private static void move(NDArray variable, double[] start, double[] direction, double h) {
        double[] moved = new double[start.length];
        Arrays.setAll(moved, i -> start[i] + h * direction[i]);
        variable.set(DoubleBuffer.wrap(moved));
    }

    private static double dot(double[] a, double[] b) {
        return IntStream.range(0, a.length).mapToDouble(i -> a[i] * b[i]).sum();
    }

    void assertSavedAndLoadedAlike() throws IOException, MalformedModelException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        block.saveParameters(new DataOutputStream(file));
        Block loaded = maker.get();
        loaded.loadParameters(
                manager, new DataInputStream(new ByteArrayInputStream(file.toByteArray())));
        assertThat(bytes(forward(loaded, inputs))).isEqualTo(bytes(forward()));
    }

    void assertForetellsShape() {
        Shape[] shapes = block.getOutputShapes(inputs.getShapes());
        assertThat(shapes).containsExactly(forward().getShape());
    }

    /** What ten passes make belongs to the manager of the inputs, and nothing to the weights'. */
    void assertLeavesNothingBehind() {
        int before = manager.getManagedArrays().size();
        for (int i = 0; i < 10; i++) {
            try (NDManager scope = manager.newSubManager()) {
                NDList lent = new NDList();
                inputs.forEach(
                        x -> {
                            NDArray own = scope.create(x.getShape(), x.getDataType());
                            Operators.copy(new NDList(own), new NDList(x));
                            lent.add(own);
                        });
                NDArray y = forward(block, lent);
                assertThat(y.getManager()).isSameAs(scope);
                assertThat(
                                manager.getManagedArrays().stream()
                                        .filter(a -> a.getManager() == manager))
                        .hasSize(before);
            }
        }
        assertThat(manager.getManagedArrays()).hasSize(before);
    }

    private boolean isOfSecondOrder() {
        return CASES.get(name).get("second").asBoolean();
    }

    /** A pass that starts from the recorded statistics. */
    private NDArray freshForward() {
        block.getParameters().stream()
                .filter(p -> !p.getValue().requiresGradient())
                .forEach(this::writeParameter);
        return forward();
    }

    private Map<String, NDArray> variables() {
        Map<String, NDArray> variables = new LinkedHashMap<>();
        if (inputs.head().getDataType().isFloating()) {
            variables.put("dx", inputs.head());
        }
        block.getParameters().stream()
                .filter(p -> p.getValue().requiresGradient())
                .forEach(p -> variables.put("d/" + p.getKey(), p.getValue().getArray()));
        return variables;
    }

    private Map<String, NDArray> gradients(NDArray scalar, Map<String, NDArray> variables) {
        NDList gradients =
                Autograd.differentiableGradients(
                        manager, scalar, new NDList(variables.values().toArray(new NDArray[0])));
        Map<String, NDArray> result = new LinkedHashMap<>();
        variables.keySet().forEach(key -> result.put(key, gradients.get(result.size())));
        return result;
    }

    private NDArray product(NDArray array, String weights) {
        return array.mul(recorded(weights)).sum();
    }

    private NDArray recorded(String key) {
        NDArray array = REFERENCE.get(manager, name + "/" + key);
        return array.getDataType().isFloating() ? array.toType(type, true) : array;
    }

    private void writeParameters() {
        block.getParameters().forEach(this::writeParameter);
    }

    private void writeParameter(Pair<String, Parameter> parameter) {
        NDArray target = parameter.getValue().getArray();
        Operators.copy(new NDList(target), new NDList(recorded("p/" + parameter.getKey())));
    }

    private Set<String> parameterNames() {
        return new TreeSet<>(block.getParameters().keys());
    }

    private Set<String> recordedParameterNames() {
        Set<String> names = new TreeSet<>();
        CASES.get(name).get("params").forEach(p -> names.add(p.asText()));
        return names;
    }
}
