package io.github.gan4j.metric;

/**
 * The mean absolute error (L1) of pairs of pictures whose values span 1: half of what it is on
 * values from -1 to 1.
 */
public final class MeanAbsoluteError extends PairedMeasure {

    /** Constructs the measure. */
    public MeanAbsoluteError() {
        super("mae", "mean absolute error (L1) of pairs, of values from 0 to 1", true);
    }

    /** {@inheritDoc} */
    @Override
    public double between(Images a, int i, Images b, int j) {
        return PixelErrors.mean(a, i, b, j, Math::abs);
    }
}
