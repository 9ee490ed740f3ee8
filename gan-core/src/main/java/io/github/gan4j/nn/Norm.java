package io.github.gan4j.nn;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A normalisation that may scale and shift each channel, {@code gamma} and {@code beta}. */
abstract class Norm extends FunctionLayer {

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
        return functionOf("", expression, more);
    }

    /** The same with statements before the expression, lines that end. */
    final RectifiedFunction functionOf(String statements, String expression, String... more) {
        List<String> names = new ArrayList<>(List.of("x"));
        names.addAll(List.of(more));
        String prelude = "";
        if (gamma == null) {
            prelude = "gamma = None\nbeta = None\n";
        } else {
            names.addAll(List.of("gamma", "beta"));
        }
        return new RectifiedFunction(
                String.join(": Tensor, ", names) + ": Tensor",
                prelude + statements,
                expression,
                activation);
    }

    /** Puts down a function, of the input, parameters of its own, and scale and shift if any. */
    final JointCall.Value apply(
            JointCall call, RectifiedFunction function, JointCall.Value x, Parameter... own) {
        if (gamma != null) {
            requireChannels(x.shape(), gamma.getShape().get(0));
        }
        Parameter[] all = Arrays.copyOf(own, own.length + 2);
        all[own.length] = gamma;
        all[own.length + 1] = beta;
        return call.apply(function.now(), x.shape(), x, all);
    }

    @Override
    protected void prepare(Shape[] inputs) {
        if (gamma != null) {
            gamma.setShape(new Shape(inputs[0].get(1)));
            beta.setShape(new Shape(inputs[0].get(1)));
        }
    }
}
