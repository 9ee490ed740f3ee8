package io.github.gan4j.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import io.github.gan4j.InvalidInputException;
import java.util.Arrays;

/** How a container feeds its blocks: features to all, conditions to those that take them. */
final class Feed {

    private Feed() {}

    /** Runs one block on the running features, with the conditions among the container's inputs. */
    static NDArray run(
            Block block, ParameterStore store, NDArray features, NDList inputs, boolean training) {
        NDList outputs = forward(block, store, features, inputs, training);
        if (outputs.size() != 1) {
            throw new InvalidInputException(
                    "Block "
                            + block.getClass().getSimpleName()
                            + " returned "
                            + outputs.size()
                            + " arrays where one is needed, the features.");
        }
        return outputs.head();
    }

    /** The same for a block of one or more outputs. */
    static NDList forward(
            Block block, ParameterStore store, NDArray features, NDList inputs, boolean training) {
        NDList fed = new NDList(features);
        if (block instanceof Conditional) {
            fed.addAll(inputs.subNDList(1));
        }
        return block.forward(store, fed, training);
    }

    /** The shapes of what {@link #run} feeds to a block. */
    static Shape[] shapes(Block block, Shape features, Shape[] inputs) {
        Shape[] fed = block instanceof Conditional ? inputs.clone() : Arrays.copyOf(inputs, 1);
        fed[0] = features;
        return fed;
    }
}
