package io.github.gan4j.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.training.ParameterStore;

/**
 * A {@link Rectifier} as a layer of its own, which leaves its input as it is: any shape in, the
 * same out. Where nobody else needs the input, let the layer before rectify its output instead.
 */
public final class Rectify extends SimpleLayer {

    private final RectifiedFunction function;

    /**
     * Constructs the layer.
     *
     * @param rectifier what is applied
     */
    public Rectify(Rectifier rectifier) {
        function = new RectifiedFunction(rectifier);
    }

    @Override
    NDArray compute(ParameterStore store, NDArray x, boolean training) {
        return function.call(x);
    }
}
