package io.github.gan4j.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;

/**
 * Blocks one after another, like DJL's {@code SequentialBlock}, that also takes the conditions of
 * the batch: each block is fed what the one before it made, and a {@link Conditional} one the
 * conditions as well.
 *
 * <p>Inputs are features and then conditions, or features alone if no block needs more; the output
 * is that of the last block.
 */
public final class ConditionalSequential extends AbstractBlock implements Conditional {

    private static final byte VERSION = 1;

    /** Constructs an empty sequence. */
    public ConditionalSequential() {
        super(VERSION);
    }

    /**
     * Adds a block at the end.
     *
     * @param block a block of one output
     * @return this sequence
     */
    public ConditionalSequential add(Block block) {
        addChildBlock(block.getClass().getSimpleName(), block);
        return this;
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore parameterStore,
            NDList inputs,
            boolean training,
            PairList<String, Object> params) {
        NDArray features = inputs.head();
        for (Block block : getChildren().values()) {
            features = Feed.run(block, parameterStore, features, inputs, training);
        }
        return new NDList(features);
    }

    @Override
    protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
        Shape features = inputs[0];
        for (Block block : getChildren().values()) {
            Shape[] fed = Feed.shapes(block, features, inputs);
            block.initialize(manager, type, fed);
            features = block.getOutputShapes(fed)[0];
        }
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
        Shape features = inputs[0];
        for (Block block : getChildren().values()) {
            features = block.getOutputShapes(Feed.shapes(block, features, inputs))[0];
        }
        return new Shape[] {features};
    }
}
