package io.github.gan4j.nn;

/**
 * A rectifier that a normalisation layer applies to its own output, in the same call and in the
 * same memory: ReLU, \(\max(x, 0)\), or leaky ReLU, \(\max(x, s x)\) (Maas et al. 2013).
 */
public final class Rectifier {

    private static final Rectifier RELU = new Rectifier("torch.relu_(%s)");

    private final String text;

    private Rectifier(String text) {
        this.text = text;
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
        return new Rectifier("torch.leaky_relu_(%s, " + slope + ")");
    }

    /** Wraps an expression of TorchScript whose value nobody else holds; none leaves it. */
    static String wrap(Rectifier rectifier, String expression) {
        return rectifier == null ? expression : rectifier.text.formatted(expression);
    }
}
