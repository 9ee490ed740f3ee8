package io.github.gan4j.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.training.ParameterStore;
import java.util.Map;

/** A layer that is one function of its input and its parameters. */
abstract class FunctionLayer extends SimpleLayer implements Joinable {

    @Override
    final NDArray compute(ParameterStore store, NDArray x, boolean training) {
        JointCall call = new JointCall(store, x, training);
        join(call, call.getInput());
        return call.run(Map.of());
    }
}
