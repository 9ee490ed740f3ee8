package io.github.gan4j.nn;

/** What the builders of normalisation layers share. */
abstract class NormBuilder<B extends NormBuilder<B>> {

    double epsilon = 1e-5;
    boolean affine;
    Rectifier activation;

    NormBuilder(boolean affine) {
        this.affine = affine;
    }

    abstract B self();

    /**
     * Sets what is added to the variance, so that nothing is divided by 0.
     *
     * @param epsilon above 0; 1e-5 unless set
     * @return this builder
     */
    public B optEpsilon(double epsilon) {
        SimpleLayer.require(epsilon > 0, "Epsilon must be above 0, not " + epsilon + ".");
        this.epsilon = epsilon;
        return self();
    }

    /**
     * Chooses whether each channel is scaled by {@code gamma} and shifted by {@code beta}, which
     * are trained.
     *
     * @param affine {@code true} unless set, but {@code false} for {@link InstanceNorm}, as in
     *     PyTorch
     * @return this builder
     */
    public B optAffine(boolean affine) {
        this.affine = affine;
        return self();
    }

    /**
     * Applies a rectifier to what has been normalised, in the same call.
     *
     * @param activation none unless set
     * @return this builder
     */
    public B optActivation(Rectifier activation) {
        this.activation = activation;
        return self();
    }
}
