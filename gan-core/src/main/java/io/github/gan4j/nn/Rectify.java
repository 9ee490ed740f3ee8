package io.github.gan4j.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.training.ParameterStore;
import io.github.gan4j.torch.TorchFunction;

/**
 * A {@link Rectifier} as a layer of its own, which leaves its input as it is: any shape in, the
 * same out. Where nobody else needs the input, let the layer before rectify its output instead.
 */
public final class Rectify extends SimpleLayer {

    private final TorchFunction once;
    private final TorchFunction twice;

    /**
     * Constructs the layer.
     *
     * @param rectifier what is applied
     */
    public Rectify(Rectifier rectifier) {
        once = TorchFunction.of("y: Tensor", "return " + rectifier.of(false, false));
        twice = TorchFunction.of("y: Tensor", "return " + rectifier.of(false, true));
    }

    @Override
    NDArray compute(ParameterStore store, NDArray x, boolean training) {
        return (SecondOrder.isOn() ? twice : once).call(x.getManager(), x);
    }
}
