package io.github.gan4j.nn;

/**
 * A {@link Rectifier} as a layer of its own, which leaves its input as it is: any shape in, the
 * same out. Where nobody else needs the input, let the layer before rectify its output instead.
 */
public final class Rectify extends FunctionLayer {

    private final RectifiedFunction function;

    /**
     * Constructs the layer.
     *
     * @param rectifier what is applied
     */
    public Rectify(Rectifier rectifier) {
        function = new RectifiedFunction(rectifier);
    }

    @Override
    public JointCall.Value join(JointCall call, JointCall.Value x) {
        return call.apply(function.now(), x.shape(), x);
    }
}
