package io.github.gan4j.data;

/**
 * What a {@link SampleDataset} of points is besides if its distribution is known: what a generator
 * has learnt of it can then be counted mode by mode, and its modes be drawn.
 */
public interface KnownMixture {

    /**
     * Returns the distribution that the samples were drawn from.
     *
     * @return the mixture
     */
    GaussianMixture getMixture();
}
