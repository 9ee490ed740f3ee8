package io.github.gan4j.nn;

import ai.djl.ndarray.NDArray;
import io.github.gan4j.torch.TorchFunction;

/** A function whose value is rectified, in the way that suits the derivatives to be taken of it. */
final class RectifiedFunction {

    private final TorchFunction once;
    private final TorchFunction twice;

    /**
     * Defines a function.
     *
     * @param parameters its parameters as TorchScript
     * @param statements what goes before its value, lines that end, or nothing
     * @param value an expression of TorchScript; nobody else holds the tensor
     * @param rectifier {@code null} for none
     */
    RectifiedFunction(String parameters, String statements, String value, Rectifier rectifier) {
        if (rectifier == null) {
            once = TorchFunction.of(parameters, statements + "return " + value);
            twice = once;
        } else {
            String before = statements + "y = " + value + "\nreturn ";
            once = TorchFunction.of(parameters, before + rectifier.of(true, false));
            twice = TorchFunction.of(parameters, before + rectifier.of(true, true));
        }
    }

    /** Defines the rectifier alone, as a function that leaves its input as it is. */
    RectifiedFunction(Rectifier rectifier) {
        once = TorchFunction.of("y: Tensor", "return " + rectifier.of(false, false));
        twice = TorchFunction.of("y: Tensor", "return " + rectifier.of(false, true));
    }

    /** Returns what to call at this moment. */
    TorchFunction now() {
        return SecondOrder.isOn() ? twice : once;
    }

    /** Calls the function; the result belongs to the manager of the first input. */
    NDArray call(NDArray... inputs) {
        return now().call(inputs[0].getManager(), inputs);
    }
}
