package io.github.gan4j.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import io.github.gan4j.torch.TorchFunction;

/** Labels as indicators: int64 {@code (N)} in, float32 {@code (N, classes)} of 0 and 1 out. */
public final class OneHot extends SimpleLayer {

    private final long classes;
    private final TorchFunction function;

    /**
     * Constructs the layer, which has no parameters.
     *
     * @param classes the number of classes; labels are 0 up to it
     */
    public OneHot(long classes) {
        require(classes > 0, "The number of classes must be above 0, not " + classes + ".");
        this.classes = classes;
        function =
                TorchFunction.of(
                        "labels: Tensor",
                        "return torch.to(torch.one_hot(labels, %d), 6)".formatted(classes));
    }

    @Override
    NDArray compute(ParameterStore store, NDArray labels, boolean training) {
        outputShape(labels.getShape());
        Labels.require(name(), labels, labels.getShape().get(0));
        return Labels.explain(
                name(), labels, classes, () -> function.call(labels.getManager(), labels));
    }

    @Override
    Shape outputShape(Shape input) {
        requireAxes(input, 1, 1, "(N)");
        return new Shape(input.get(0), classes);
    }
}
