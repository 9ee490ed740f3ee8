package io.github.gan4j.models.resnet;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import io.github.gan4j.InvalidInputException;
import io.github.gan4j.nn.Conditional;

/**
 * The score of a sample given its class as a projection (Miyato and Koyama 2018, equation 3):
 * \(\psi(\phi(x)) + v_y^T \phi(x)\).
 *
 * <p>Takes features \(\phi(x)\), {@code (N, C)}, and labels, int64 {@code (N)}; returns scores
 * {@code (N, 1)}.
 */
public final class LabelProjection extends AbstractBlock implements Conditional {

    private static final byte VERSION = 1;

    private final Block score;
    private final Block embedding;

    /**
     * Constructs the block.
     *
     * @param score \(\psi\), makes scores {@code (N, 1)} of features
     * @param embedding \(v\), makes vectors {@code (N, C)} of labels
     */
    public LabelProjection(Block score, Block embedding) {
        super(VERSION);
        this.score = addChildBlock("score", score);
        this.embedding = addChildBlock("embedding", embedding);
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore parameterStore,
            NDList inputs,
            boolean training,
            PairList<String, Object> params) {
        if (inputs.size() != 2) {
            throw new InvalidInputException(
                    "LabelProjection takes features and labels, not "
                            + inputs.size()
                            + " inputs; put it into a Sequential that is fed labels.");
        }
        NDList features = new NDList(inputs.get(0));
        NDArray scores = score.forward(parameterStore, features, training).singletonOrThrow();
        NDArray vectors =
                embedding
                        .forward(parameterStore, new NDList(inputs.get(1)), training)
                        .singletonOrThrow();
        NDArray projected = features.head().mul(vectors).sum(new int[] {1}, true);
        return new NDList(projected.add(scores));
    }

    @Override
    protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
        score.initialize(manager, type, inputs[0]);
        embedding.initialize(manager, type, inputs[1]);
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
        return score.getOutputShapes(new Shape[] {inputs[0]});
    }
}
