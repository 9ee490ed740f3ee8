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
        once = function(parameters, statements, value, rectifier, false);
        twice = rectifier == null ? once : function(parameters, statements, value, rectifier, true);
    }

    private static TorchFunction function(
            String parameters,
            String statements,
            String value,
            Rectifier rectifier,
            boolean twice) {
        String end =
                rectifier == null
                        ? "return " + value
                        : "y = " + value + "\nreturn " + rectifier.of(true, twice);
        return TorchFunction.of(parameters, statements + end);
    }

    /** Calls the function; the result belongs to the manager of the first input. */
    NDArray call(NDArray... inputs) {
        return (SecondOrder.isOn() ? twice : once).call(inputs[0].getManager(), inputs);
    }
}
