package io.github.gan4j.nn;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import io.github.gan4j.InvalidInputException;

/**
 * Batch normalisation whose scale and shift depend on the class (Dumoulin et al. 2017, equation 5;
 * Miyato and Koyama 2018): \(\gamma_y \hat x + \beta_y\).
 *
 * <p>Takes features {@code (N, C, ...)} and labels, int64 {@code (N)}. {@code gamma}, at first 1,
 * and {@code beta}, at first 0, are {@code (classes, C)}; the running statistics are those of all
 * classes together.
 */
public final class ConditionalBatchNorm extends AbstractBlock implements Conditional {

    private static final byte VERSION = 1;
    private static final String NAME = "ConditionalBatchNorm";

    private final long classes;
    private final BatchNorm norm;
    private final Parameter gamma;
    private final Parameter beta;
    private final RectifiedFunction modulate;

    private ConditionalBatchNorm(Builder builder) {
        super(VERSION);
        classes = builder.classes;
        SimpleLayer.require(
                classes > 0, "The number of classes must be set, and above 0: " + classes);
        norm = addChildBlock("norm", builder.norm.build());
        gamma =
                addParameter(
                        Parameter.builder().setName("gamma").setType(Parameter.Type.GAMMA).build());
        beta =
                addParameter(
                        Parameter.builder().setName("beta").setType(Parameter.Type.BETA).build());
        modulate =
                new RectifiedFunction(
                        "x: Tensor, labels: Tensor, gamma: Tensor, beta: Tensor",
                        """
                        scale = torch.embedding(gamma, labels)
                        shift = torch.embedding(beta, labels)
                        for i in range(torch.sub(torch.dim(x), 2)):
                          scale = torch.unsqueeze(scale, -1)
                          shift = torch.unsqueeze(shift, -1)
                        """,
                        "torch.addcmul(shift, scale, x)",
                        builder.activation);
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore parameterStore,
            NDList inputs,
            boolean training,
            PairList<String, Object> params) {
        requireInputs(inputs.size());
        NDArray x = inputs.get(0);
        NDArray labels = inputs.get(1);
        Device device = x.getDevice();
        Labels.require(NAME, labels, x.getShape().get(0));
        NDArray y = norm.forward(parameterStore, new NDList(x), training).singletonOrThrow();
        NDArray scale = parameterStore.getValue(gamma, device, training);
        NDArray shift = parameterStore.getValue(beta, device, training);
        return new NDList(
                Labels.explain(
                        NAME, labels, classes, () -> modulate.call(y, labels, scale, shift)));
    }

    @Override
    protected void prepare(Shape[] inputs) {
        requireInputs(inputs.length);
        gamma.setShape(new Shape(classes, inputs[0].get(1)));
        beta.setShape(new Shape(classes, inputs[0].get(1)));
    }

    @Override
    protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
        norm.initialize(manager, type, inputs[0]);
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
        return new Shape[] {inputs[0]};
    }

    private static void requireInputs(int count) {
        if (count != 2) {
            throw new InvalidInputException(
                    NAME
                            + " takes features and labels, not "
                            + count
                            + " inputs; put it into a Sequential that is fed labels.");
        }
    }

    /**
     * Starts to describe a layer.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /** Describes a {@link ConditionalBatchNorm}. */
    public static final class Builder {

        private final BatchNorm.Builder norm = BatchNorm.builder().optAffine(false);
        private long classes;
        private Rectifier activation;

        private Builder() {}

        /**
         * Sets the number of classes; labels are 0 up to it.
         *
         * @param classes above 0
         * @return this builder
         */
        public Builder setClasses(long classes) {
            this.classes = classes;
            return this;
        }

        /**
         * Sets what is added to the variance, so that nothing is divided by 0.
         *
         * @param epsilon above 0; 1e-5 unless set
         * @return this builder
         */
        public Builder optEpsilon(double epsilon) {
            norm.optEpsilon(epsilon);
            return this;
        }

        /**
         * Sets how far the running statistics move towards those of each batch.
         *
         * @param momentum from 0 to 1; 0.1 unless set
         * @return this builder
         * @see BatchNorm.Builder#optMomentum
         */
        public Builder optMomentum(double momentum) {
            norm.optMomentum(momentum);
            return this;
        }

        /**
         * Applies a rectifier to what has been scaled and shifted, in the same call.
         *
         * @param activation none unless set
         * @return this builder
         */
        public Builder optActivation(Rectifier activation) {
            this.activation = activation;
            return this;
        }

        /**
         * Builds the layer.
         *
         * @return the layer
         */
        public ConditionalBatchNorm build() {
            return new ConditionalBatchNorm(this);
        }
    }
}
