package io.github.gan4j;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import io.github.gan4j.torch.Operators;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;

/**
 * Where blocks find the arrays of their parameters: the parameters' own ones, or others in their
 * place, such as a moving average.
 */
public final class Weights extends ParameterStore {

    private final NDManager manager;
    private final Map<String, NDArray> replacements;
    private final NDManager owner;
    private final Map<NDArray, NDArray> handles = new IdentityHashMap<>();

    /**
     * Serves each parameter's own array.
     *
     * @param manager the manager of the networks
     */
    public Weights(NDManager manager) {
        this(manager, Map.of());
    }

    /**
     * Serves other arrays in place of some parameters' own.
     *
     * @param manager the manager of the networks
     * @param replacements arrays by {@link Parameter#getId()}
     */
    public Weights(NDManager manager, Map<String, NDArray> replacements) {
        this(manager, replacements, null);
    }

    private Weights(NDManager manager, Map<String, NDArray> replacements, NDManager owner) {
        super(manager, false);
        this.manager = manager;
        this.replacements = replacements;
        this.owner = owner;
    }

    /**
     * Serves further arrays in place of some parameters' own.
     *
     * @param more arrays by {@link Parameter#getId()}
     * @return weights that know both the replacements of these and the given ones
     */
    public Weights with(Map<String, NDArray> more) {
        Map<String, NDArray> all = new HashMap<>(replacements);
        all.putAll(more);
        return new Weights(manager, all);
    }

    /**
     * Serves the same arrays by handles of their own, for one of several threads that use them at
     * the same time: DJL attaches what it computes from an array to the array's manager, and so to
     * that of the thread.
     *
     * @param owner the manager that the handles are attached to
     * @return weights for one thread
     */
    Weights handles(NDManager owner) {
        return new Weights(manager, replacements, owner);
    }

    @Override
    public NDArray getValue(Parameter parameter, Device device, boolean training) {
        if (parameter == null) {
            return null;
        }
        NDArray replacement = replacements.get(parameter.getId());
        NDArray value = replacement == null ? parameter.getArray() : replacement;
        return owner == null
                ? value
                : handles.computeIfAbsent(value, array -> Operators.handle(owner, array));
    }
}
