package io.github.gan4j.optim;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.training.tracker.Tracker;
import io.github.gan4j.torch.TorchFunction;
import java.util.List;
import java.util.Map;

/**
 * Gradient descent on batches, with momentum if wanted (Sutskever et al. 2013), as PyTorch defines
 * it. The theory of GANs is about the plain kind.
 *
 * <p>\(m \leftarrow \mu m + g\), \(\theta \leftarrow \theta - \eta\,m\), in one engine call for all
 * weights of a player.
 */
public final class Sgd implements Optimizer {

    private static final TorchFunction PLAIN =
            TorchFunction.inPlace(
                    "p: List[Tensor], g: List[Tensor], rate: float",
                    """
                    torch._foreach_add_(p, g, alpha=torch.neg(rate))
                    """);

    private final Tracker learningRate;
    private final TorchFunction withMomentum;

    private Sgd(Builder builder) {
        learningRate = builder.learningRate();
        withMomentum =
                builder.momentum == 0
                        ? null
                        : TorchFunction.inPlace(
                                "p: List[Tensor], g: List[Tensor], m: List[Tensor], rate: float",
                                """
                                torch._foreach_mul_(m, %s)
                                torch._foreach_add_(m, g)
                                torch._foreach_add_(p, m, alpha=torch.neg(rate))
                                """
                                        .formatted(builder.momentum));
    }

    @Override
    public Updater newUpdater(NDList parameters) {
        OptimizerState state = new OptimizerState(parameters);
        NDList velocities = withMomentum == null ? null : state.zeros("velocity");
        return new Updater() {
            @Override
            public void update(NDList gradients, long update, long step, double factor) {
                double rate = LearningRate.at(learningRate, step, factor);
                if (velocities == null) {
                    PLAIN.callInPlace(List.of(parameters, gradients), rate);
                } else {
                    withMomentum.callInPlace(List.of(parameters, gradients, velocities), rate);
                }
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

    /** Describes an {@link Sgd}. Its learning rate is 0.01 unless set. */
    public static final class Builder extends OptimizerBuilder<Builder> {

        private double momentum;

        private Builder() {
            super("SGD", 1e-2);
        }

        /**
         * Sets how much of the last move goes on.
         *
         * @param momentum 0 unless set, below 1
         * @return this builder
         */
        public Builder optMomentum(double momentum) {
            require(momentum >= 0 && momentum < 1, "momentum", momentum, "0 or more, and below 1");
            this.momentum = momentum;
            return this;
        }

        /**
         * Builds the optimiser.
         *
         * @return the optimiser
         */
        public Sgd build() {
            return new Sgd(this);
        }

        @Override
        Builder self() {
            return this;
        }
    }
}
