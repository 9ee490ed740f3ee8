package io.github.gan4j.metric;

import io.github.gan4j.InvalidInputException;
import java.util.Map;
import java.util.Set;

/**
 * The Frechet distance between features, FID with those of an Inception network (Heusel et al.
 * 2017, equation 6):
 *
 * <p>\(|\mu_r - \mu_g|^2 + \mathrm{tr}(C_r + C_g - 2 (C_r C_g)^{1/2})\).
 *
 * <p>It is exact where covariances are singular: for fewer samples than features, and for features
 * that do not vary. It is biased: with fewer samples it is larger, so only numbers from equally
 * many samples may be compared.
 */
public final class FrechetDistance extends AbstractMeasure {

    /** Constructs the measure. */
    public FrechetDistance() {
        super(
                "fid",
                "Frechet distance between features (Heusel et al. 2017)",
                true,
                Set.of(Evidence.Part.FEATURES),
                Set.of(Evidence.Part.FEATURES));
    }

    /**
     * Computes the distance.
     *
     * @param real mean and covariance of real samples
     * @param fake those of generated samples
     * @return the distance, 0 or more
     * @throws InvalidInputException if they have different numbers of features
     */
    public static double between(Gaussian real, Gaussian fake) {
        int n = real.getSize();
        if (n != fake.getSize()) {
            throw new InvalidInputException(
                    ("Statistics of %d and of %d features cannot be compared;"
                                    + " use one extractor for both.")
                            .formatted(n, fake.getSize()));
        }
        double means = 0;
        for (int i = 0; i < n; i++) {
            double gap = real.mean()[i] - fake.mean()[i];
            means += gap * gap;
        }
        double root = PositiveMatrix.traceOfRoot(real.covariance(), fake.covariance(), n);
        // Rounding may leave a hair less than nothing.
        return Math.max(0, means + real.getTrace() + fake.getTrace() - 2 * root);
    }

    @Override
    public Map<String, Double> evaluate(Evidence real, Evidence fake, long seed) {
        return Map.of(getName(), between(real.getGaussian(), fake.getGaussian()));
    }
}
