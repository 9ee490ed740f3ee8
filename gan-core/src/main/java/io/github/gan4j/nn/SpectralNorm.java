package io.github.gan4j.nn;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.NormalInitializer;
import ai.djl.util.PairList;
import io.github.gan4j.torch.GradMode;
import io.github.gan4j.torch.TorchFunction;
import java.util.List;

/**
 * Spectral normalisation (Miyato et al. 2018, equations 8 and 11, algorithm 1): the block inside
 * works with its weight divided by the weight's largest singular value, \(W / \sigma(W)\), which
 * bounds how fast a discriminator can change.
 *
 * <p>The weight is a matrix with its first axis as rows, the second for {@link ConvTranspose}.
 * \(\sigma = u^T W v\) is estimated by power iteration, one step in each forward pass of training
 * and none otherwise; {@code u} is saved with the block. Gradients reach the raw weight through
 * \(\sigma\) too, \(u\) and \(v\) being constants. Outside training \(v\) is computed from \(u\),
 * so an average of weights and of \(u\) over time serves as well.
 */
public final class SpectralNorm extends AbstractBlock implements Joinable {

    private static final byte VERSION = 1;

    /** The steps that a fresh {@code u} makes, as in PyTorch. */
    private static final int FIRST_STEPS = 15;

    private final Block block;
    private final Parameter weight;
    private final Parameter u;
    private final TorchFunction train;
    private final TorchFunction infer;

    /**
     * Wraps a block.
     *
     * @param block one with exactly one parameter of type weight, for instance DJL's {@code Conv2d}
     *     or {@code Linear}, {@link ConvTranspose}, {@link LabelEmbedding}
     */
    public SpectralNorm(Block block) {
        super(VERSION);
        this.block = addChildBlock(block.getClass().getSimpleName(), block);
        List<Parameter> weights =
                block.getParameters().values().stream()
                        .filter(p -> p.getType() == Parameter.Type.WEIGHT)
                        .toList();
        SimpleLayer.require(
                weights.size() == 1,
                "SpectralNorm wraps a block of one weight, and %s has %d; wrap each layer apart."
                        .formatted(block.getClass().getSimpleName(), weights.size()));
        weight = weights.get(0);
        u =
                addParameter(
                        Parameter.builder()
                                .setName("u")
                                .setType(Parameter.Type.OTHER)
                                .optInitializer(new NormalInitializer(1f))
                                .optRequiresGrad(false)
                                .build());
        train = function("torch.mv(fixed, v)", "_0 = torch.copy_(u, left)");
        infer = function("u", "");
    }

    /**
     * Divides a weight by its largest singular value, with a left singular vector of choice. It and
     * v share nothing with u, so later passes cannot alter what the graph of this one remembers.
     */
    private TorchFunction function(String leftVector, String update) {
        String unit = "torch.div(%1$s, torch.clamp_min(torch.linalg_vector_norm(%1$s), 1e-12))";
        return TorchFunction.of(
                "w: Tensor, u: Tensor",
                """
                rows = torch.size(w, %1$d)
                matrix = torch.reshape(torch.transpose(w, 0, %1$d), [rows, -1])
                fixed = torch.detach(matrix)
                v = torch.mv(torch.t(fixed), u)
                v = %2$s
                left = %3$s
                left = %4$s
                %5$s
                sigma = torch.dot(left, torch.mv(matrix, v))
                return torch.div(w, torch.clamp_min(sigma, 1e-12))
                """
                        .formatted(
                                rowAxis(),
                                unit.formatted("v"),
                                leftVector,
                                unit.formatted("left"),
                                update));
    }

    private int rowAxis() {
        return block instanceof ConvTranspose ? 1 : 0;
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore parameterStore,
            NDList inputs,
            boolean training,
            PairList<String, Object> params) {
        Device device = inputs.head().getDevice();
        NDArray normalized =
                (training ? train : infer)
                        .call(
                                inputs.head().getManager(),
                                parameterStore.getValue(weight, device, training),
                                parameterStore.getValue(u, device, training));
        return block.forward(
                new Replacement(parameterStore, weight, normalized), inputs, training, params);
    }

    @Override
    public boolean isJoinable() {
        return Joinable.canJoin(block);
    }

    @Override
    public JointCall.Value join(JointCall call, JointCall.Value x) {
        TorchFunction function = call.isTraining() ? train : infer;
        call.replace(weight, call.apply(function, weight.getShape(), call.of(weight), call.of(u)));
        return ((Joinable) block).join(call, x);
    }

    @Override
    public void initialize(NDManager manager, DataType type, Shape... inputs) {
        block.initialize(manager, type, inputs);
        boolean fresh = !u.isInitialized();
        if (fresh) {
            u.setShape(new Shape(weight.getShape().get(rowAxis())));
        }
        super.initialize(manager, type, inputs);
        if (fresh) {
            warmUp(manager);
        }
    }

    private void warmUp(NDManager manager) {
        try (NDManager scope = manager.newSubManager();
                GradMode recording = GradMode.off()) {
            for (int i = 0; i < FIRST_STEPS; i++) {
                train.call(scope, weight.getArray(), u.getArray());
            }
        }
    }

    @Override
    protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
        // Done before u, whose size follows from the weight.
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
        return block.getOutputShapes(inputs);
    }

    /** Serves one array in place of a parameter's own, and all others as another store does. */
    private static final class Replacement extends ParameterStore {

        private final ParameterStore others;
        private final Parameter replaced;
        private final NDArray array;

        Replacement(ParameterStore others, Parameter replaced, NDArray array) {
            this.others = others;
            this.replaced = replaced;
            this.array = array;
        }

        @Override
        public NDArray getValue(Parameter parameter, Device device, boolean training) {
            return parameter == replaced ? array : others.getValue(parameter, device, training);
        }

        @Override
        public NDManager getManager() {
            return others.getManager();
        }
    }
}
