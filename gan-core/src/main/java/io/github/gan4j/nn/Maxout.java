package io.github.gan4j.nn;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;

/**
 * Fully connected maxout layer (Goodfellow et al. 2013, equation 2): each unit is the largest of k
 * linear functions of the input, \(h_i = \max_j (x W^T + b)_{ij}\). The first GANs' discriminators
 * are made of it. It computes in the {@link Precision} of the moment.
 *
 * <p>Takes {@code (N, K)} and returns {@code (N, units)}. The weight is {@code (units * pieces,
 * K)}: the first piece of all units, then the second of all. In that order the largest is found
 * among whole vectors, which takes half the time of the other.
 */
public final class Maxout extends FunctionLayer {

    private final long units;
    private final long pieces;
    private final Parameter weight;
    private final Parameter bias;
    private final PreciseFunction function;

    /**
     * Constructs a layer of five pieces a unit.
     *
     * @param units the size of the output, above 0
     */
    public Maxout(long units) {
        this(units, 5);
    }

    /**
     * Constructs a layer.
     *
     * @param units the size of the output, above 0
     * @param pieces the number of linear functions of each unit, above 0
     */
    public Maxout(long units, long pieces) {
        require(
                units > 0 && pieces > 0,
                "Maxout needs units and pieces above 0, not " + units + " and " + pieces + ".");
        this.units = units;
        this.pieces = pieces;
        weight = parameter("weight", Parameter.Type.WEIGHT);
        bias = parameter("bias", Parameter.Type.BIAS);
        function =
                new PreciseFunction(
                        new PreciseFunction.Formula(
                                "torch.amax(torch.reshape(torch.linear({x}, {w}, {b}), [-1, %d, %d]), [1])"
                                        .formatted(pieces, units)),
                        true,
                        false,
                        null);
    }

    @Override
    public JointCall.Value join(JointCall call, JointCall.Value x) {
        Shape result = outputShape(x.shape());
        requireChannels(x.shape(), weight.getShape().get(1));
        return call.apply(function.now(), result, x, weight, bias);
    }

    @Override
    protected void prepare(Shape[] inputs) {
        outputShape(inputs[0]);
        weight.setShape(new Shape(units * pieces, inputs[0].get(1)));
        bias.setShape(new Shape(units * pieces));
    }

    @Override
    Shape outputShape(Shape input) {
        requireAxes(input, 2, 2, "(N, K)");
        return new Shape(input.get(0), units);
    }
}
