package io.github.gan4j.metric;

/**
 * The peak signal-to-noise ratio of pairs of pictures whose values span 1, in decibels: \(-10
 * \log_{10}\) of the mean squared error. It is infinite for equal pictures.
 */
public final class PeakSignalToNoise extends PairedMeasure {

    /** Constructs the measure. */
    public PeakSignalToNoise() {
        super("psnr", "peak signal-to-noise ratio of pairs, in decibels", false);
    }

    /** {@inheritDoc} */
    @Override
    public double between(Images a, int i, Images b, int j) {
        return -10 * Math.log10(PixelErrors.mean(a, i, b, j, x -> x * x));
    }
}
