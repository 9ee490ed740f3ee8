package io.github.gan4j.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import java.util.ArrayList;
import java.util.List;

/** A normalisation that may scale and shift each channel, {@code gamma} and {@code beta}. */
abstract class Norm extends SimpleLayer {

    final double epsilon;
    final Rectifier activation;
    final Parameter gamma;
    final Parameter beta;

    Norm(NormBuilder<?> builder) {
        epsilon = builder.epsilon;
        activation = builder.activation;
        gamma = builder.affine ? parameter("gamma", Parameter.Type.GAMMA) : null;
        beta = builder.affine ? parameter("beta", Parameter.Type.BETA) : null;
    }

    /**
     * Defines the function of an expression of {@code x}, {@code gamma} and {@code beta}, and of
     * tensors of its own.
     */
    final RectifiedFunction function(String expression, String... more) {
        List<String> names = new ArrayList<>(List.of("x"));
        names.addAll(List.of(more));
        String prelude = "";
        if (gamma == null) {
            prelude = "gamma = None\nbeta = None\n";
        } else {
            names.addAll(List.of("gamma", "beta"));
        }
        return new RectifiedFunction(
                String.join(": Tensor, ", names) + ": Tensor", prelude, expression, activation);
    }

    final NDArray call(
            RectifiedFunction function, ParameterStore store, boolean training, NDArray... inputs) {
        NDArray x = inputs[0];
        List<NDArray> arrays = new ArrayList<>(List.of(inputs));
        if (gamma != null) {
            requireChannels(x.getShape(), gamma.getShape().get(0));
            arrays.add(store.getValue(gamma, x.getDevice(), training));
            arrays.add(store.getValue(beta, x.getDevice(), training));
        }
        return function.call(arrays.toArray(new NDArray[0]));
    }

    @Override
    protected void prepare(Shape[] inputs) {
        if (gamma != null) {
            gamma.setShape(new Shape(inputs[0].get(1)));
            beta.setShape(new Shape(inputs[0].get(1)));
        }
    }
}
