package io.github.gan4j;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;

/**
 * Turns latents, and conditions if it has any, into samples.
 *
 * <p>Any DJL block is a generator: {@code Generator.of(block, new Shape(100))}. Implement the
 * interface to arrange the inputs of the block in another way.
 */
public interface Generator extends Network {

    /**
     * Makes a generator of a block whose inputs are the latents and then the conditions.
     *
     * @param block any block whose first output are samples {@code (N, ...)}
     * @param latent the shape of one latent, for instance {@code (100)}
     * @param conditions the shape of each condition, without the batch axis
     * @return a generator
     */
    static Generator of(Block block, Shape latent, Shape... conditions) {
        Shape[] shapes = Shapes.prepend(latent, conditions);
        return new Generator() {
            @Override
            public Block getBlock() {
                return block;
            }

            @Override
            public Shape[] getInputShapes() {
                return shapes.clone();
            }
        };
    }

    /**
     * Returns the shape of one latent, without the batch axis.
     *
     * @return for instance {@code (100)}
     */
    default Shape getLatentShape() {
        return getInputShapes()[0];
    }

    /**
     * Arranges the inputs of the block: as many of the conditions as {@link #getInputShapes} has
     * room for.
     *
     * @param latents the latents {@code (N, ...)}
     * @param conditions the conditions of the batch, {@code (N, ...)} each; empty if there are none
     * @return what the block is fed
     */
    default NDList inputs(NDArray latents, NDList conditions) {
        NDList inputs = new NDList(latents);
        conditions.stream().limit(getInputShapes().length - 1L).forEach(inputs::add);
        return inputs;
    }

    /**
     * Picks the samples out of the outputs of the block.
     *
     * @param outputs what the block returned
     * @return the samples {@code (N, ...)}
     */
    default NDArray samples(NDList outputs) {
        return outputs.get(0);
    }
}
