package io.github.gan4j.latent;

import ai.djl.ndarray.NDArray;

/** Ways from one latent to another. */
public final class Interpolation {

    private Interpolation() {}

    /**
     * Interpolates along the great circle (White 2016, section 2.1): normal latents of many
     * components lie near a sphere, and a straight line would cut through its empty inside.
     *
     * @param from the start, one latent of any shape
     * @param to the end
     * @param way how far, 0 to 1
     * @return the latent on the way; straight between where both point the same way or opposite
     *     ways
     */
    public static NDArray spherical(NDArray from, NDArray to, float way) {
        double cosine =
                from.mul(to).sum().getFloat()
                        / (Math.sqrt(from.square().sum().getFloat())
                                * Math.sqrt(to.square().sum().getFloat()));
        double angle = Math.acos(Math.max(-1, Math.min(1, cosine)));
        double sine = Math.sin(angle);
        if (sine < 1e-6) {
            return from.mul(1 - way).add(to.mul(way));
        }
        return from.mul(Math.sin((1 - way) * angle) / sine)
                .add(to.mul(Math.sin(way * angle) / sine));
    }
}
