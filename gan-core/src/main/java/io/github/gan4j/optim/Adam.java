package io.github.gan4j.optim;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.tracker.Tracker;
import io.github.gan4j.InvalidInputException;
import io.github.gan4j.torch.GradMode;
import io.github.gan4j.torch.TorchFunction;
import java.util.LinkedHashMap;
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
    private final TorchFunction step;

    private Adam(Builder builder) {
        learningRate = builder.learningRate;
        step =
                TorchFunction.of(
                        "p: List[Tensor], g: List[Tensor], m: List[Tensor], v: List[Tensor], "
                                + "scalars: List[Tensor]",
                        "Tensor",
                        """
                        steps = annotate(List[Tensor], [])
                        for i in range(torch.len(p)):
                          _0 = torch.append(steps, scalars[1])
                        none = annotate(List[Tensor], [])
                        torch.%s(p, g, m, v, none, steps, lr=scalars[0], beta1=%s, beta2=%s, \
                        weight_decay=%s, eps=%s, amsgrad=False, maximize=False)
                        return scalars[1]
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
        private final NDList firstMoments = new NDList();
        private final NDList secondMoments = new NDList();
        private final Map<String, NDArray> state = new LinkedHashMap<>();

        State(NDList parameters) {
            this.parameters = parameters;
            for (int i = 0; i < parameters.size(); i++) {
                firstMoments.add(moment("first_moment", i));
                secondMoments.add(moment("second_moment", i));
            }
        }

        private NDArray moment(String name, int index) {
            NDArray parameter = parameters.get(index);
            NDArray moment =
                    parameter.getManager().zeros(parameter.getShape(), parameter.getDataType());
            state.put(name + "/" + index, moment);
            return moment;
        }

        @Override
        public void update(NDList gradients, long update, double factor) {
            NDManager owner = gradients.get(0).getManager();
            // The engine reads the learning rate in double precision, as PyTorch does.
            double rate = factor * exact(learningRate.getNewValue(Math.toIntExact(update - 1)));
            try (NDManager manager = owner.newSubManager();
                    GradMode recording = GradMode.off()) {
                NDArray count = manager.full(new Shape(), update, DataType.FLOAT32);
                NDList scalars = new NDList(manager.create(rate), count);
                step.call(manager, parameters, gradients, firstMoments, secondMoments, scalars);
            }
        }

        @Override
        public Map<String, NDArray> getState() {
            return state;
        }

        /** The decimal number that was meant: trackers speak float, 2e-4f is not 2e-4. */
        private static double exact(float value) {
            return Double.parseDouble(Float.toString(value));
        }
    }

    /** Describes an {@link Adam}. */
    public static final class Builder {

        private Tracker learningRate = Tracker.fixed(2e-4f);
        private double beta1 = 0.5;
        private double beta2 = 0.999;
        private double epsilon = 1e-8;
        private double weightDecay;
        private boolean decoupled;

        private Builder() {}

        /**
         * Sets a constant learning rate.
         *
         * @param rate 2e-4 unless set
         * @return this builder
         */
        public Builder optLearningRate(double rate) {
            require(
                    rate >= 0 && rate < Double.POSITIVE_INFINITY,
                    "learning rate",
                    rate,
                    "0 or more");
            return optLearningRate(Tracker.fixed((float) rate));
        }

        /**
         * Sets a schedule of the learning rate.
         *
         * @param schedule gives the rate for each update of the player, counted from 0
         * @return this builder
         */
        public Builder optLearningRate(Tracker schedule) {
            this.learningRate = schedule;
            return this;
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

        private static void require(boolean valid, String what, double value, String range) {
            if (!valid) {
                throw new InvalidInputException(
                        "The " + what + " of Adam is " + value + "; it must be " + range + ".");
            }
        }

        /**
         * Builds the optimiser.
         *
         * @return the optimiser
         */
        public Adam build() {
            return new Adam(this);
        }
    }
}
