package io.github.gan4j.latent;

import ai.djl.ndarray.NDArray;

/** A way through the latents on which one thing changes and the rest stays, as far as it can. */
public interface LatentWalk {

    /**
     * Returns what changes.
     *
     * @return the name of an attribute or of a code
     */
    String getName();

    /**
     * Moves latents to a place on the way.
     *
     * @param latents latents {@code (N, ...)}, which stay as they are
     * @param way the place, from 0, the start, to 1, the end
     * @return latents of the same shape, attached to the manager of the given ones
     */
    NDArray move(NDArray latents, double way);
}
