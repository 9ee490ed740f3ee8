package io.github.gan4j.metric;

/**
 * Structural similarity (Wang et al. 2004, equation 13) of pairs of pictures whose values span 1,
 * as scikit-image computes it: the mean over channels and over all windows that lie within the
 * picture; 1 for equal pictures.
 */
public final class Ssim extends PairedMeasure {

    private final SsimWindow window;

    /** Constructs the measure with scikit-image's default, a uniform window of 7 x 7. */
    public Ssim() {
        this(SsimWindow.uniform(7));
    }

    private Ssim(SsimWindow window) {
        super("ssim", "structural similarity of pairs (Wang et al. 2004)", false);
        this.window = window;
    }

    /**
     * Makes the measure with a window of equal weights and unbiased variances.
     *
     * @param size the width of the window
     * @return the measure
     */
    public static Ssim uniform(int size) {
        return new Ssim(SsimWindow.uniform(size));
    }

    /**
     * Makes the measure with a Gaussian window, as in the paper; scikit-image's {@code
     * gaussian_weights=True, use_sample_covariance=False}.
     *
     * @param sigma its standard deviation, 1.5 in the paper; the window is 11 wide then
     * @return the measure
     */
    public static Ssim gaussian(double sigma) {
        return new Ssim(SsimWindow.gaussian(sigma));
    }

    /** {@inheritDoc} */
    @Override
    public double between(Images a, int i, Images b, int j) {
        a.requireSameSize(b);
        double sum = 0;
        for (int c = 0; c < a.getChannels(); c++) {
            sum +=
                    window.compare(a.plane(i, c), b.plane(j, c), a.getHeight(), a.getWidth())
                            .similarity();
        }
        return sum / a.getChannels();
    }
}
