package io.github.gan4j;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;

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

    /**
     * Returns the components that the game makes to stand for something of the samples.
     *
     * @param size the number of components of a latent
     * @return none unless overridden
     */
    default List<Code> getCodes(int size) {
        return List.of();
    }

    /**
     * Components that stand for something: a category, as an indicator, or a single number.
     *
     * @param name what it is called
     * @param first the first component, counted from 0
     * @param size the number of categories; 1 for a number
     */
    record Code(String name, int first, int size) {}
}
