package io.github.gan4j.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.NormalInitializer;
import io.github.gan4j.torch.TorchFunction;

/**
 * A vector for each class, trained: labels int64 {@code (N)} in, {@code (N, size)} out.
 *
 * <p>The weight is {@code (classes, size)}, at first from N(0, 1).
 */
public final class LabelEmbedding extends SimpleLayer {

    private static final TorchFunction FUNCTION =
            TorchFunction.of("labels: Tensor, w: Tensor", "return torch.embedding(w, labels)");

    private final long classes;
    private final long size;
    private final Parameter weight;

    /**
     * Constructs a layer.
     *
     * @param classes the number of classes; labels are 0 up to it
     * @param size the length of each vector
     */
    public LabelEmbedding(long classes, long size) {
        require(
                classes > 0 && size > 0,
                "LabelEmbedding needs classes and a size above 0, not %d and %d."
                        .formatted(classes, size));
        this.classes = classes;
        this.size = size;
        weight = parameter("weight", Parameter.Type.WEIGHT);
        weight.setInitializer(new NormalInitializer(1f));
    }

    @Override
    NDArray compute(ParameterStore store, NDArray labels, boolean training) {
        outputShape(labels.getShape());
        Labels.require(name(), labels, labels.getShape().get(0));
        NDArray w = store.getValue(weight, labels.getDevice(), training);
        return Labels.explain(
                name(), labels, classes, () -> FUNCTION.call(labels.getManager(), labels, w));
    }

    @Override
    protected void prepare(Shape[] inputs) {
        outputShape(inputs[0]);
        weight.setShape(new Shape(classes, size));
    }

    @Override
    Shape outputShape(Shape input) {
        requireAxes(input, 1, 1, "(N)");
        return new Shape(input.get(0), size);
    }
}
