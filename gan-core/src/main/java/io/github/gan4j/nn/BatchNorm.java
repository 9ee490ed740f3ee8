package io.github.gan4j.nn;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;

/**
 * Batch normalisation (Ioffe and Szegedy 2015, algorithms 1 and 2): each channel is brought to mean
 * 0 and variance 1, over the batch in training and by running statistics otherwise; then \(\gamma
 * \hat x + \beta\).
 *
 * <p>Takes {@code (N, C)}, {@code (N, C, L)}, {@code (N, C, H, W)} or {@code (N, C, D, H, W)}. Same
 * mathematics, parameters and names as DJL's, in one engine call. The running variance is that of
 * the population, with \(n - 1\) below the line, as in PyTorch.
 */
public final class BatchNorm extends Norm {

    private final Parameter runningMean;
    private final Parameter runningVar;
    private final RectifiedFunction train;
    private final RectifiedFunction infer;

    private BatchNorm(Builder builder) {
        super(builder);
        runningMean = statistic("runningMean", Parameter.Type.RUNNING_MEAN);
        runningVar = statistic("runningVar", Parameter.Type.RUNNING_VAR);
        train = function(true, builder.momentum);
        infer = function(false, builder.momentum);
    }

    private RectifiedFunction function(boolean training, double momentum) {
        return function(
                "torch.batch_norm(x, gamma, beta, mean, var, %s, %s, %s, False)"
                        .formatted(training ? "True" : "False", momentum, epsilon),
                "mean",
                "var");
    }

    @Override
    public JointCall.Value join(JointCall call, JointCall.Value x) {
        Shape shape = x.shape();
        requireInput(shape);
        requireChannels(shape, runningMean.getShape().get(0));
        require(
                !call.isTraining() || shape.size() > shape.get(1),
                () ->
                        "BatchNorm needs more than one value in each channel to train: its input "
                                + shape
                                + " comes from a batch of size 1; choose a batch size of at least 2.");
        return apply(call, call.isTraining() ? train : infer, x, runningMean, runningVar);
    }

    @Override
    protected void prepare(Shape[] inputs) {
        requireInput(inputs[0]);
        super.prepare(inputs);
        runningMean.setShape(new Shape(inputs[0].get(1)));
        runningVar.setShape(new Shape(inputs[0].get(1)));
    }

    private void requireInput(Shape input) {
        requireAxes(input, 2, 5, "(N, C) to (N, C, D, H, W)");
    }

    /**
     * Starts to describe a layer.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /** Describes a {@link BatchNorm}. */
    public static final class Builder extends NormBuilder<Builder> {

        private double momentum = 0.1;

        private Builder() {
            super(true);
        }

        @Override
        Builder self() {
            return this;
        }

        /**
         * Sets how far the running statistics move towards those of each batch, in PyTorch's sense:
         * {@code running = (1 - momentum) * running + momentum * batch}. DJL's own batch norm means
         * by the word what is kept: its 0.9 is 0.1 here.
         *
         * @param momentum from 0 to 1; 0.1 unless set
         * @return this builder
         */
        public Builder optMomentum(double momentum) {
            require(
                    momentum >= 0 && momentum <= 1,
                    "The momentum must be from 0 to 1, not " + momentum + ".");
            this.momentum = momentum;
            return this;
        }

        /**
         * Builds the layer.
         *
         * @return the layer
         */
        public BatchNorm build() {
            return new BatchNorm(this);
        }
    }
}
