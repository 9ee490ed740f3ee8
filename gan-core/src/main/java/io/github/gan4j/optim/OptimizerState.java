package io.github.gan4j.optim;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.LinkedHashMap;
import java.util.Map;

/** What an optimiser remembers of each weight, zeros at first. */
final class OptimizerState {

    private final NDList parameters;
    private final Map<String, NDArray> arrays = new LinkedHashMap<>();

    OptimizerState(NDList parameters) {
        this.parameters = parameters;
    }

    /** Makes an array for each parameter, owned by the parameter's manager. */
    NDList zeros(String name) {
        NDList zeros = new NDList();
        for (int i = 0; i < parameters.size(); i++) {
            NDArray parameter = parameters.get(i);
            NDArray array =
                    parameter.getManager().zeros(parameter.getShape(), parameter.getDataType());
            arrays.put(name + "/" + i, array);
            zeros.add(array);
        }
        return zeros;
    }

    Map<String, NDArray> getArrays() {
        return arrays;
    }
}
