package io.github.gan4j;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;

/** A DJL {@link Block} that takes part in a game, and the shapes that it is fed. */
public interface Network {

    /**
     * Returns the block that computes.
     *
     * @return any DJL block
     */
    Block getBlock();

    /**
     * Returns the shape of each input of the block, without the batch axis. A class label is a
     * scalar: {@code new Shape()}.
     *
     * @return the shapes, in the order in which the block takes its inputs
     */
    Shape[] getInputShapes();
}
