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

/**
 * The sum of a main path and a shortcut (He et al. 2016, equations 1 and 2). Conditions that come
 * after the features go to the paths that are {@link Conditional}.
 */
public final class ResidualBlock extends AbstractBlock implements Conditional, Joinable {

    private static final byte VERSION = 1;
    private static final TorchFunction SUM =
            TorchFunction.of("x: Tensor, y: Tensor", "return torch.add(x, y)");

    private final Block main;
    private final Block shortcut;

    /**
     * Constructs a block whose shortcut is the input itself.
     *
     * @param main returns features of the shape of the input
     */
    public ResidualBlock(Block main) {
        this(main, null);
    }

    /**
     * Constructs a block.
     *
     * @param main any block of one output
     * @param shortcut a block whose output has the same shape, for instance a convolution of kernel
     *     1; {@code null} for the input itself
     */
    public ResidualBlock(Block main, Block shortcut) {
        super(VERSION);
        this.main = addChildBlock("main", main);
        this.shortcut = shortcut == null ? null : addChildBlock("shortcut", shortcut);
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore parameterStore,
            NDList inputs,
            boolean training,
            PairList<String, Object> params) {
        NDArray x = inputs.head();
        NDArray y = Feed.run(main, parameterStore, x, inputs, training);
        NDArray rest =
                shortcut == null ? x : Feed.run(shortcut, parameterStore, x, inputs, training);
        return new NDList(rest.add(y));
    }

    @Override
    public boolean isJoinable() {
        return Joinable.canJoin(main) && (shortcut == null || Joinable.canJoin(shortcut));
    }

    @Override
    public JointCall.Value join(JointCall call, JointCall.Value x) {
        JointCall.Value y = ((Joinable) main).join(call, x);
        JointCall.Value rest = shortcut == null ? x : ((Joinable) shortcut).join(call, x);
        return call.apply(SUM, y.shape(), rest, y);
    }

    @Override
    protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
        for (Block block : getChildren().values()) {
            block.initialize(manager, type, Feed.shapes(block, inputs[0], inputs));
        }
        getOutputShapes(inputs);
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
        Shape sum = main.getOutputShapes(Feed.shapes(main, inputs[0], inputs))[0];
        Shape rest =
                shortcut == null
                        ? inputs[0]
                        : shortcut.getOutputShapes(Feed.shapes(shortcut, inputs[0], inputs))[0];
        SimpleLayer.require(
                sum.equals(rest),
                "ResidualBlock cannot add its main path "
                        + sum
                        + " and its shortcut "
                        + rest
                        + "; give it a shortcut that returns the same shape.");
        return new Shape[] {sum};
    }
}
