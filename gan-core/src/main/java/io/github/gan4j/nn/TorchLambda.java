package io.github.gan4j.nn;

import ai.djl.ndarray.types.Shape;
import io.github.gan4j.torch.TorchFunction;
import java.util.function.UnaryOperator;

/**
 * A layer without parameters that is an expression of TorchScript; like DJL's {@code LambdaBlock},
 * but in one call of the engine with the layers around it.
 *
 * <pre>{@code
 * new TorchLambda("tanh", "torch.tanh(x)")
 * }</pre>
 */
public final class TorchLambda extends FunctionLayer {

    private final String name;
    private final TorchFunction function;
    private final UnaryOperator<Shape> outputShape;

    /**
     * Constructs a layer whose output has the shape of its input.
     *
     * @param name what to call it in summaries
     * @param expression an expression of {@code x}, the input
     */
    public TorchLambda(String name, String expression) {
        this(name, expression, UnaryOperator.identity());
    }

    /**
     * Constructs a layer.
     *
     * @param name what to call it in summaries
     * @param expression an expression of {@code x}, the input
     * @param outputShape tells the shape of the output from that of the input
     */
    public TorchLambda(String name, String expression, UnaryOperator<Shape> outputShape) {
        this.name = name;
        this.outputShape = outputShape;
        function = TorchFunction.of("x: Tensor", "return " + expression);
    }

    /**
     * Returns what to call the layer.
     *
     * @return the name that it was given
     */
    public String getName() {
        return name;
    }

    @Override
    public JointCall.Value join(JointCall call, JointCall.Value x) {
        return call.apply(function, outputShape(x.shape()), x);
    }

    @Override
    Shape outputShape(Shape input) {
        return outputShape.apply(input);
    }
}
