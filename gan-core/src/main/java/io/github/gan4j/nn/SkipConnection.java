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
 * Puts the channels of a block's output behind those of its input: one level of a U-Net
 * (Ronneberger et al. 2015). {@code (N, C, ...)} in, {@code (N, C + inner channels, ...)} out.
 * Conditions that come after the features go to a block that is {@link Conditional}.
 */
public final class SkipConnection extends AbstractBlock implements Conditional {

    private static final byte VERSION = 1;

    private final Block inner;

    /**
     * Constructs a block.
     *
     * @param inner returns features of the shape of the input but for the number of channels
     */
    public SkipConnection(Block inner) {
        super(VERSION);
        this.inner = addChildBlock("inner", inner);
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore parameterStore,
            NDList inputs,
            boolean training,
            PairList<String, Object> params) {
        NDArray x = inputs.head();
        return new NDList(x.concat(Feed.run(inner, parameterStore, x, inputs, training), 1));
    }

    @Override
    protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
        inner.initialize(manager, type, Feed.shapes(inner, inputs[0], inputs));
        getOutputShapes(inputs);
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
        Shape out = inner.getOutputShapes(Feed.shapes(inner, inputs[0], inputs))[0];
        long[] sum = inputs[0].getShape().clone();
        long[] added = out.getShape().clone();
        sum[1] = added.length > 1 ? sum[1] + added[1] : 0;
        added[1] = sum[1];
        SimpleLayer.require(
                new Shape(sum).equals(new Shape(added)),
                "SkipConnection cannot put the channels of "
                        + out
                        + " behind those of its input "
                        + inputs[0]
                        + "; all other axes must be the same.");
        return new Shape[] {new Shape(sum)};
    }
}
