package io.github.gan4j.optim;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.training.tracker.Tracker;
import io.github.gan4j.torch.TorchFunction;
import java.util.List;
import java.util.Map;

/**
 * Adam (Kingma and Ba 2015, algorithm 1), and AdamW (Loshchilov and Hutter 2019, algorithm 2) with
 * decoupled weight decay.
 *
 * <p>All weights of a player move in one engine call. The defaults are those of DCGAN (Radford et
 * al. 2015, section 4): learning rate 2e-4, \(\beta_1\) 0.5, \(\beta_2\) 0.999.
 */
public final class Adam implements Optimizer {

    private final Tracker learningRate;
    private final TorchFunction move;

    private Adam(Builder builder) {
        learningRate = builder.learningRate();
        // The fused kernel takes the elements as they lie in memory, and gradients of second order
        // may lie there transposed. It takes the count from where weights lie; to fill one there is
        // not to wait for a GPU, as a copy would be.
        move =
                TorchFunction.inPlace(
                        "p: List[Tensor], g: List[Tensor], m: List[Tensor], v: List[Tensor], "
                                + "rate: float, update: float",
                        """
                        none = annotate(List[Tensor], [])
                        size = annotate(List[int], [])
                        count = torch.full(size, update, dtype=6, device=ops.prim.device(p[0]))
                        counts = annotate(List[Tensor], [])
                        slopes = annotate(List[Tensor], [])
                        for i in range(torch.len(p)):
                          _0 = torch.append(counts, count)
                          _1 = torch.append(slopes, torch.contiguous(g[i]))
                        torch.%s(p, slopes, m, v, none, counts, lr=rate, beta1=%s, beta2=%s, \
                        weight_decay=%s, eps=%s, amsgrad=False, maximize=False)
                        """
                                .formatted(
                                        builder.decoupled ? "_fused_adamw_" : "_fused_adam_",
                                        builder.beta1,
                                        builder.beta2,
                                        builder.weightDecay,
                                        builder.epsilon));
    }

    @Override
    public Updater newUpdater(NDList parameters) {
        return new State(parameters);
    }

    /**
     * Starts to describe an optimiser.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /** The moments of one player's gradients. */
    private final class State implements Updater {

        private final NDList parameters;
        private final OptimizerState state;
        private final NDList firstMoments;
        private final NDList secondMoments;

        State(NDList parameters) {
            this.parameters = parameters;
            state = new OptimizerState(parameters);
            firstMoments = state.zeros("first_moment");
            secondMoments = state.zeros("second_moment");
        }

        @Override
        public void update(NDList gradients, long update, long step, double factor) {
            move.callInPlace(
                    List.of(parameters, gradients, firstMoments, secondMoments),
                    LearningRate.at(learningRate, step, factor),
                    update);
        }

        @Override
        public Map<String, NDArray> getState() {
            return state.getArrays();
        }
    }

    /** Describes an {@link Adam}. Its learning rate is 2e-4 unless set. */
    public static final class Builder extends OptimizerBuilder<Builder> {

        private double beta1 = 0.5;
        private double beta2 = 0.999;
        private double epsilon = 1e-8;
        private double weightDecay;
        private boolean decoupled;

        private Builder() {
            super("Adam", 2e-4);
        }

        /**
         * Sets the decay of the mean of the gradients.
         *
         * @param beta1 0.5 unless set
         * @return this builder
         */
        public Builder optBeta1(double beta1) {
            require(beta1 >= 0 && beta1 < 1, "beta1", beta1, "0 or more, and below 1");
            this.beta1 = beta1;
            return this;
        }

        /**
         * Sets the decay of the mean of the squared gradients.
         *
         * @param beta2 0.999 unless set
         * @return this builder
         */
        public Builder optBeta2(double beta2) {
            require(beta2 >= 0 && beta2 < 1, "beta2", beta2, "0 or more, and below 1");
            this.beta2 = beta2;
            return this;
        }

        /**
         * Sets what keeps the division finite.
         *
         * @param epsilon 1e-8 unless set
         * @return this builder
         */
        public Builder optEpsilon(double epsilon) {
            require(epsilon > 0, "epsilon", epsilon, "above 0");
            this.epsilon = epsilon;
            return this;
        }

        /**
         * Adds the weights to the gradient, the decay of L2 regularisation.
         *
         * @param decay 0 unless set
         * @return this builder
         */
        public Builder optWeightDecay(double decay) {
            return decay(decay, false);
        }

        /**
         * Shrinks the weights beside the gradient step: AdamW.
         *
         * @param decay 0 unless set
         * @return this builder
         */
        public Builder optDecoupledWeightDecay(double decay) {
            return decay(decay, true);
        }

        private Builder decay(double decay, boolean apart) {
            require(decay >= 0, "weight decay", decay, "0 or more");
            this.weightDecay = decay;
            this.decoupled = apart;
            return this;
        }

        /**
         * Builds the optimiser.
         *
         * @return the optimiser
         */
        public Adam build() {
            return new Adam(this);
        }

        @Override
        Builder self() {
            return this;
        }
    }
}
