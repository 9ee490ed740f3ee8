package io.github.gan4j.optim;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.training.tracker.Tracker;
import io.github.gan4j.torch.TorchFunction;
import java.util.List;
import java.util.Map;

/**
 * RMSprop (Tieleman and Hinton 2012, lecture 6e), as PyTorch defines it: without momentum, not
 * centred. WGAN uses it (Arjovsky et al. 2017, algorithm 1), for momentum unsettles its critic.
 *
 * <p>\(v \leftarrow \alpha v + (1-\alpha) g^2\), \(\theta \leftarrow \theta - \eta\,g / (\sqrt v +
 * \epsilon)\), in one engine call for all weights of a player.
 */
public final class RmsProp implements Optimizer {

    private final Tracker learningRate;
    private final TorchFunction move;

    private RmsProp(Builder builder) {
        learningRate = builder.learningRate();
        move =
                TorchFunction.inPlace(
                        "p: List[Tensor], g: List[Tensor], v: List[Tensor], rate: float",
                        """
                        torch._foreach_mul_(v, %1$s)
                        torch._foreach_addcmul_(v, g, g, %2$s)
                        root = torch._foreach_sqrt(v)
                        torch._foreach_add_(root, %3$s)
                        torch._foreach_addcdiv_(p, g, root, torch.neg(rate))
                        """
                                .formatted(builder.alpha, 1 - builder.alpha, builder.epsilon));
    }

    @Override
    public Updater newUpdater(NDList parameters) {
        OptimizerState state = new OptimizerState(parameters);
        NDList squares = state.zeros("mean_square");
        return new Updater() {
            @Override
            public void update(NDList gradients, long update, long step, double factor) {
                double rate = LearningRate.at(learningRate, step, factor);
                move.callInPlace(List.of(parameters, gradients, squares), rate);
            }

            @Override
            public Map<String, NDArray> getState() {
                return state.getArrays();
            }
        };
    }

    /**
     * Starts to describe an optimiser.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /** Describes an {@link RmsProp}. Its learning rate is 5e-5, that of WGAN, unless set. */
    public static final class Builder extends OptimizerBuilder<Builder> {

        private double alpha = 0.99;
        private double epsilon = 1e-8;

        private Builder() {
            super("RMSprop", 5e-5);
        }

        /**
         * Sets the decay of the mean of the squared gradients.
         *
         * @param alpha 0.99 unless set
         * @return this builder
         */
        public Builder optAlpha(double alpha) {
            require(alpha >= 0 && alpha < 1, "alpha", alpha, "0 or more, and below 1");
            this.alpha = alpha;
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
         * Builds the optimiser.
         *
         * @return the optimiser
         */
        public RmsProp build() {
            return new RmsProp(this);
        }

        @Override
        Builder self() {
            return this;
        }
    }
}
