package io.github.gan4j.nn;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;

/**
 * Fully connected layer that computes in the {@link Precision} of the moment, as DJL's own does
 * not: {@code (N, K)} in, {@code (N, units)} out. The weight is {@code (units, K)}, as in PyTorch.
 */
public final class Linear extends FunctionLayer {

    private final long units;
    private final Parameter weight;
    private final Parameter bias;
    private final PreciseFunction operator;

    /**
     * Constructs a layer with a bias.
     *
     * @param units the size of the output, above 0
     */
    public Linear(long units) {
        this(units, true);
    }

    /**
     * Constructs a layer.
     *
     * @param units the size of the output, above 0
     * @param hasBias whether a bias is added to each output
     */
    public Linear(long units, boolean hasBias) {
        this(units, hasBias, null);
    }

    /**
     * Constructs a layer that rectifies its output, in the same call.
     *
     * @param units the size of the output, above 0
     * @param hasBias whether a bias is added to each output
     * @param activation the rectifier, {@code null} for none
     */
    public Linear(long units, boolean hasBias, Rectifier activation) {
        require(units > 0, "Linear needs units above 0, not " + units + ".");
        this.units = units;
        weight = parameter("weight", Parameter.Type.WEIGHT);
        bias = hasBias ? parameter("bias", Parameter.Type.BIAS) : null;
        operator =
                new PreciseFunction(
                        new PreciseFunction.Formula(
                                "torch.linear({x}, {w}" + (hasBias ? ", {b})" : ")")),
                        hasBias,
                        false,
                        activation);
    }

    @Override
    public JointCall.Value join(JointCall call, JointCall.Value x) {
        Shape result = outputShape(x.shape());
        requireChannels(x.shape(), weight.getShape().get(1));
        return call.apply(operator.now(), result, x, weight, bias);
    }

    @Override
    protected void prepare(Shape[] inputs) {
        outputShape(inputs[0]);
        weight.setShape(new Shape(units, inputs[0].get(1)));
        if (bias != null) {
            bias.setShape(new Shape(units));
        }
    }

    @Override
    Shape outputShape(Shape input) {
        requireAxes(input, 2, 2, "(N, K)");
        return new Shape(input.get(0), units);
    }
}
