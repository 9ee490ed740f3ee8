package io.github.gan4j.nn;

/**
 * A rectifier: ReLU, \(\max(x, 0)\), or leaky ReLU, \(\max(x, s x)\) (Maas et al. 2013). Layers
 * that take one apply it to their own output, in the same call and in the same memory; {@link
 * Rectify} is a layer of its own.
 */
public final class Rectifier {

    private static final Rectifier RELU = new Rectifier(0, "relu", "");

    private final double slope;
    private final String operator;
    private final String arguments;

    private Rectifier(double slope, String operator, String arguments) {
        this.slope = slope;
        this.operator = operator;
        this.arguments = arguments;
    }

    /**
     * Returns the rectifier that makes negative values 0.
     *
     * @return the rectifier
     */
    public static Rectifier relu() {
        return RELU;
    }

    /**
     * Returns a rectifier that scales negative values.
     *
     * @param slope the factor, from 0 up to 1
     * @return the rectifier
     */
    public static Rectifier leaky(double slope) {
        SimpleLayer.require(
                slope >= 0 && slope < 1, "The slope must be from 0 up to 1, not " + slope + ".");
        return new Rectifier(slope, "leaky_relu", ", " + slope);
    }

    /**
     * An expression of TorchScript that rectifies the variable {@code y}.
     *
     * @param inPlace whether nobody else holds what is in {@code y}
     * @param twice whether it will be differentiated twice, see {@link SecondOrder}
     */
    String of(boolean inPlace, boolean twice) {
        String mark = inPlace ? "_" : "";
        if (!twice) {
            return "torch.%s%s(y%s)".formatted(operator, mark, arguments);
        }
        String slopes =
                "torch.leaky_relu_backward(torch.ones_like(y), torch.detach(y), %s, False)"
                        .formatted(slope);
        return "torch.mul%s(y, %s)".formatted(mark, slopes);
    }
}
