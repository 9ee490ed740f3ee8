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
 * Puts what an encoder makes of the labels beside features (Mirza and Osindero 2014, section 3.2):
 * features {@code (N, C, ...)} and labels {@code (N)} in, {@code (N, C + E, ...)} out.
 */
public final class LabelConcat extends AbstractBlock implements Conditional {

    private static final byte VERSION = 1;

    private final Block encoder;

    /**
     * Constructs a layer.
     *
     * @param encoder makes {@code (N, E, ...)} of labels {@code (N)}, for instance {@link OneHot},
     *     or {@link LabelEmbedding} and a reshape
     */
    public LabelConcat(Block encoder) {
        super(VERSION);
        this.encoder = addChildBlock("encoder", encoder);
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore parameterStore,
            NDList inputs,
            boolean training,
            PairList<String, Object> params) {
        NDArray features = inputs.head();
        SimpleLayer.require(
                inputs.size() > 1,
                "LabelConcat takes features and labels; it was given no labels.");
        NDArray code = encoder.forward(parameterStore, new NDList(inputs.get(1)), training).head();
        return new NDList(features.concat(code, 1));
    }

    @Override
    protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
        encoder.initialize(manager, type, inputs[1]);
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
        long[] shape = inputs[0].getShape().clone();
        shape[1] += encoder.getOutputShapes(new Shape[] {inputs[1]})[0].get(1);
        return new Shape[] {new Shape(shape)};
    }
}
