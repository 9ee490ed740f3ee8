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
import io.github.gan4j.torch.TorchFunction;
import java.util.Arrays;

/**
 * Puts the channels of a block's output behind those of its input: one level of a U-Net
 * (Ronneberger et al. 2015). {@code (N, C, ...)} in, {@code (N, C + inner channels, ...)} out.
 * Conditions that come after the features go to a block that is {@link Conditional}.
 */
public final class SkipConnection extends AbstractBlock implements Conditional, Joinable {

    private static final byte VERSION = 1;
    private static final TorchFunction CONCAT =
            TorchFunction.of("x: Tensor, y: Tensor", "return torch.cat([x, y], 1)");

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
    public boolean isJoinable() {
        return Joinable.canJoin(inner);
    }

    @Override
    public JointCall.Value join(JointCall call, JointCall.Value x) {
        JointCall.Value y = ((Joinable) inner).join(call, x);
        return call.apply(CONCAT, sum(x.shape(), y.shape()), x, y);
    }

    @Override
    protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
        inner.initialize(manager, type, Feed.shapes(inner, inputs[0], inputs));
        getOutputShapes(inputs);
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
        Shape out = inner.getOutputShapes(Feed.shapes(inner, inputs[0], inputs))[0];
        return new Shape[] {sum(inputs[0], out)};
    }

    private static Shape sum(Shape input, Shape out) {
        long[] sum = input.getShape().clone();
        long[] added = out.getShape().clone();
        sum[1] = added.length > 1 ? sum[1] + added[1] : 0;
        added[1] = sum[1];
        SimpleLayer.require(
                Arrays.equals(sum, added),
                () ->
                        "SkipConnection cannot put the channels of "
                                + out
                                + " behind those of its input "
                                + input
                                + "; all other axes must be the same.");
        return new Shape(sum);
    }
}
