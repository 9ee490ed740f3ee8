package io.github.gan4j;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

/** The distribution that latents are drawn from. */
@FunctionalInterface
public interface Latents {

    /** Independent standard normal components, the field's default. */
    Latents NORMAL = NDManager::randomNormal;

    /** Independent components, uniform in [-1, 1). */
    Latents UNIFORM = (manager, shape) -> manager.randomUniform(-1f, 1f, shape);

    /**
     * Draws latents from the engine's random generator.
     *
     * @param manager the manager that the latents are attached to
     * @param shape the shape, batch axis included
     * @return latents of that shape
     */
    NDArray sample(NDManager manager, Shape shape);
}
