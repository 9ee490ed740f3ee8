package io.github.gan4j.optim;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.github.gan4j.torch.Operators;

/**
 * An exponential moving average of weights (Yazici et al. 2019, equation 4): samples drawn from it
 * are better and vary less from step to step.
 *
 * <p>After update \(t\), counted from 1, \(\bar\theta \leftarrow \bar\theta + (1-\beta_t)(\theta -
 * \bar\theta)\) with \(\beta_t = \min(\beta, (1+t)/(10+t))\): the ramp forgets the random weights
 * of the beginning. The statistics of batch norm are averaged likewise, so that they fit the
 * weights.
 */
public final class MovingAverage {

    private final double decay;
    private final NDList sources = new NDList();
    private final NDList averages = new NDList();

    /**
     * Starts at the weights as they are.
     *
     * @param decay \(\beta\), above 0 and below 1
     * @param weights all arrays of the networks, statistics included; their manager owns the
     *     averages
     */
    public MovingAverage(double decay, NDList weights) {
        this.decay = decay;
        for (NDArray weight : weights) {
            sources.add(weight);
            averages.add(weight.getManager().create(weight.getShape(), weight.getDataType()));
        }
        Operators.copy(averages, sources);
    }

    /**
     * Moves the average towards the weights.
     *
     * @param update the number of updates that the weights have had, 1 or more
     */
    public void update(long update) {
        double current = Math.min(decay, (1.0 + update) / (10.0 + update));
        Operators.lerp(averages, sources, 1 - current);
    }

    /**
     * Returns the averages.
     *
     * @return one array for each weight, in order
     */
    public NDList getAverages() {
        return averages;
    }
}
