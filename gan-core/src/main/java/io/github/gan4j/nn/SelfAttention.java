package io.github.gan4j.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.Initializer;
import io.github.gan4j.torch.Operators;
import io.github.gan4j.torch.TorchFunction;

/**
 * Self-attention over the positions of an image (Zhang et al. 2019, equations 1 to 3): \(y = x +
 * \gamma\, o\), where \(o\) at each position is a mean of values \(h\) of all positions, weighted
 * by how well their keys \(g\) fit its query \(f\).
 *
 * <p>Takes {@code (N, C, H, W)} with C from 8 and sides from 2. As in the authors' program, query
 * and key have C / 8 channels and the value C / 2, by convolutions of kernel 1 without bias; keys
 * and values are max-pooled by 2. \(\gamma\) starts at 0, so the layer starts as if it were not
 * there. It computes in float32 in any {@link Precision}: scores of attention are exponentiated.
 */
public final class SelfAttention extends SimpleLayer {

    private static final TorchFunction ATTEND =
            TorchFunction.of(
                    "query: Tensor, key: Tensor, value: Tensor",
                    """
                    q = torch.flatten(query, 2)
                    k = torch.flatten(torch.max_pool2d(key, [2, 2]), 2)
                    v = torch.flatten(torch.max_pool2d(value, [2, 2]), 2)
                    weights = torch.softmax(torch.bmm(torch.transpose(q, 1, 2), k), -1)
                    o = torch.bmm(v, torch.transpose(weights, 1, 2))
                    shape = torch.size(query)
                    return torch.reshape(o, [shape[0], -1, shape[2], shape[3]])
                    """);

    private static final TorchFunction ADD =
            TorchFunction.of(
                    "x: Tensor, gamma: Tensor, o: Tensor", "return torch.addcmul(x, gamma, o)");

    private final long channels;
    private final Parameter gamma;
    private final Block query;
    private final Block key;
    private final Block value;
    private final Block output;

    /**
     * Constructs a layer without spectral normalisation.
     *
     * @param channels the number of channels of the input, 8 or more
     */
    public SelfAttention(int channels) {
        this(channels, false);
    }

    /**
     * Constructs a layer.
     *
     * @param channels the number of channels of the input, 8 or more
     * @param spectralNorm whether the convolutions are wrapped in {@link SpectralNorm}
     */
    public SelfAttention(int channels, boolean spectralNorm) {
        require(channels >= 8, "SelfAttention needs 8 channels or more, not " + channels + ".");
        this.channels = channels;
        gamma = parameter("gamma", Parameter.Type.OTHER);
        gamma.setShape(new Shape(1));
        gamma.setInitializer(Initializer.ZEROS);
        query = addChildBlock("query", project(channels / 8, spectralNorm));
        key = addChildBlock("key", project(channels / 8, spectralNorm));
        value = addChildBlock("value", project(channels / 2, spectralNorm));
        output = addChildBlock("output", project(channels, spectralNorm));
    }

    private static Block project(int filters, boolean spectralNorm) {
        Block conv =
                Conv2d.builder()
                        .setFilters(filters)
                        .setKernelShape(new Shape(1, 1))
                        .optBias(false)
                        .build();
        return spectralNorm ? new SpectralNorm(conv) : conv;
    }

    @Override
    NDArray compute(ParameterStore store, NDArray input, boolean training) {
        outputShape(input.getShape());
        // The scores and the sum are computed in full precision.
        NDArray x = Precision.current() == Precision.FLOAT32 ? input : Operators.toFloat32(input);
        NDList inputs = new NDList(x);
        NDManager manager = x.getManager();
        NDArray attended =
                ATTEND.call(
                        manager,
                        query.forward(store, inputs, training).head(),
                        key.forward(store, inputs, training).head(),
                        value.forward(store, inputs, training).head());
        NDArray o = output.forward(store, new NDList(attended), training).head();
        return ADD.call(manager, x, store.getValue(gamma, x.getDevice(), training), o);
    }

    @Override
    protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
        Shape input = outputShape(inputs[0]);
        query.initialize(manager, type, input);
        key.initialize(manager, type, input);
        value.initialize(manager, type, input);
        output.initialize(manager, type, value.getOutputShapes(new Shape[] {input}));
    }

    @Override
    Shape outputShape(Shape input) {
        requireAxes(input, 4, 4, "(N, C, H, W)");
        requireChannels(input, channels);
        require(
                input.get(2) > 1 && input.get(3) > 1,
                "SelfAttention needs images of 2 by 2 pixels or more, not " + input + ".");
        return input;
    }
}
