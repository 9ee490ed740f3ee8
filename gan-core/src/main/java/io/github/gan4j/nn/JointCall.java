package io.github.gan4j.nn;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import io.github.gan4j.torch.TorchFunction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What blocks compute, put down first and then done in one call of the engine. A call costs as much
 * as the operators of a small layer, so a network of many is the faster for it.
 */
final class JointCall {

    private final ParameterStore store;
    private final Device device;
    private final NDManager manager;
    private final boolean training;
    private final Value input;
    private final List<NDArray> inputs = new ArrayList<>();
    private final List<TorchFunction.Part> parts = new ArrayList<>();
    private final Map<Parameter, Value> replacements = new HashMap<>();

    /**
     * An array that is computed, or given.
     *
     * @param place where it is found, as {@link TorchFunction.Part} counts
     * @param shape its shape
     */
    record Value(int place, Shape shape) {}

    JointCall(ParameterStore store, NDArray x, boolean training) {
        this.store = store;
        this.device = x.getDevice();
        this.manager = x.getManager();
        this.training = training;
        input = given(x, x.getShape());
    }

    /** Returns what the first block takes. */
    Value getInput() {
        return input;
    }

    Device getDevice() {
        return device;
    }

    boolean isTraining() {
        return training;
    }

    /** Returns what stands for a parameter: its own array unless it was replaced. */
    Value of(Parameter parameter) {
        Value replacement = replacements.get(parameter);
        return replacement == null
                ? given(store.getValue(parameter, device, training), parameter.getShape())
                : replacement;
    }

    /** Lets a value stand for a parameter. */
    void replace(Parameter parameter, Value value) {
        replacements.put(parameter, value);
    }

    private Value given(NDArray array, Shape shape) {
        inputs.add(array);
        return new Value(-inputs.size(), shape);
    }

    /**
     * Applies a function to a value and to parameters.
     *
     * @param function takes single arrays and returns one
     * @param result the shape of what it returns
     * @param x the first array
     * @param parameters the others; those that are {@code null} are left out
     */
    Value apply(TorchFunction function, Shape result, Value x, Parameter... parameters) {
        List<Value> operands = new ArrayList<>(List.of(x));
        for (Parameter parameter : parameters) {
            if (parameter != null) {
                operands.add(of(parameter));
            }
        }
        return apply(function, result, operands);
    }

    /** Applies a function to two values. */
    Value apply(TorchFunction function, Shape result, Value x, Value y) {
        return apply(function, result, Arrays.asList(x, y));
    }

    private Value apply(TorchFunction function, Shape result, List<Value> operands) {
        List<Integer> places = new ArrayList<>();
        operands.forEach(operand -> places.add(operand.place()));
        parts.add(new TorchFunction.Part(function, places));
        return new Value(parts.size() - 1, result);
    }

    /**
     * Does what was put down, and returns what came last.
     *
     * @param composed the functions of earlier calls; what is new is added
     */
    NDArray run(Map<List<TorchFunction.Part>, TorchFunction> composed) {
        TorchFunction function =
                parts.size() == 1
                        ? parts.get(0).function()
                        : composed.computeIfAbsent(
                                parts, all -> TorchFunction.compose(inputs.size(), all));
        return function.call(manager, inputs.toArray(new NDArray[0]));
    }
}
