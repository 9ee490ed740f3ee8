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
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Blocks one after another, like DJL's {@code SequentialBlock}, in fewer calls of the engine:
 * layers of this package that follow each other are one.
 *
 * <p>It also takes the conditions of the batch: each block is fed what the one before it made, and
 * a {@link Conditional} one the conditions as well. Inputs are features and then conditions, or
 * features alone if no block needs more; the output is that of the last block, which may be of
 * several arrays.
 */
public final class Sequential extends AbstractBlock implements Conditional, Joinable {

    private static final byte VERSION = 1;

    private final Map<List<TorchFunction.Part>, TorchFunction> composed = new ConcurrentHashMap<>();

    /** Constructs an empty sequence. */
    public Sequential() {
        super(VERSION);
    }

    /**
     * Adds a block at the end.
     *
     * @param block a block of one output, unless it is the last
     * @return this sequence
     */
    public Sequential add(Block block) {
        addChildBlock(block.getClass().getSimpleName(), block);
        return this;
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore parameterStore,
            NDList inputs,
            boolean training,
            PairList<String, Object> params) {
        NDArray x = inputs.head();
        List<Joinable> row = new ArrayList<>();
        for (Iterator<Block> blocks = getChildren().values().iterator(); blocks.hasNext(); ) {
            Block block = blocks.next();
            if (Joinable.canJoin(block)) {
                row.add((Joinable) block);
                continue;
            }
            x = run(row, parameterStore, x, training);
            row.clear();
            if (!blocks.hasNext()) {
                return Feed.forward(block, parameterStore, x, inputs, training);
            }
            x = Feed.run(block, parameterStore, x, inputs, training);
        }
        return new NDList(run(row, parameterStore, x, training));
    }

    private NDArray run(List<Joinable> row, ParameterStore store, NDArray x, boolean training) {
        if (row.isEmpty()) {
            return x;
        }
        JointCall call = new JointCall(store, x, training);
        JointCall.Value value = call.getInput();
        for (Joinable block : row) {
            value = block.join(call, value);
        }
        return call.run(composed);
    }

    @Override
    public boolean isJoinable() {
        return !getChildren().isEmpty()
                && getChildren().values().stream().allMatch(Joinable::canJoin);
    }

    @Override
    public JointCall.Value join(JointCall call, JointCall.Value x) {
        JointCall.Value value = x;
        for (Block block : getChildren().values()) {
            value = ((Joinable) block).join(call, value);
        }
        return value;
    }

    @Override
    protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
        Shape[] features = inputs;
        for (Block block : getChildren().values()) {
            Shape[] fed = Feed.shapes(block, features[0], inputs);
            block.initialize(manager, type, fed);
            features = block.getOutputShapes(fed);
        }
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
        Shape[] features = inputs;
        for (Block block : getChildren().values()) {
            features = block.getOutputShapes(Feed.shapes(block, features[0], inputs));
        }
        return features;
    }
}
