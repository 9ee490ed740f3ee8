package io.github.gan4j.penalty;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.github.gan4j.Critic;
import io.github.gan4j.nn.SecondOrder;
import io.github.gan4j.torch.Autograd;

/** The gradient of a critic's scores with respect to its samples. */
final class InputGradients {

    /** Keeps the gradient of the root finite where the critic is flat. */
    private static final float TINY = 1e-12f;

    private InputGradients() {}

    /**
     * Computes the squared norm of each sample's gradient, as a function that can be differentiated
     * by the critic's weights. Where a sample has more than one score, a map of them, it is the
     * gradient of their sum; where a pack of samples has one score, by all of the pack.
     *
     * @param critic the critic
     * @param samples samples {@code (N, ...)}: constants, or in an imagined round functions of the
     *     generator's weights, through which the result can be differentiated then
     * @return squared norms {@code (N)}, or one for each pack
     */
    static NDArray squaredNorms(Critic critic, NDArray samples) {
        NDArray points = samples;
        if (!Autograd.isDifferentiable(samples)) {
            points = samples.stopGradient();
            points.setRequiresGradient(true);
        }
        NDArray scores;
        try (SecondOrder differentiatedTwice = SecondOrder.on()) {
            scores = critic.score(points);
        }
        NDArray gradient =
                Autograd.differentiableGradients(
                                points.getManager(), scores.sum(), new NDList(points))
                        .singletonOrThrow();
        long scored = gradient.getShape().get(0) / critic.getPacking();
        return gradient.reshape(scored, -1).square().sum(new int[] {1});
    }

    /**
     * Computes the norm of each sample's gradient, as {@link #squaredNorms} does.
     *
     * @param critic the critic
     * @param samples samples {@code (N, ...)}
     * @return norms {@code (N)}, or one for each pack
     */
    static NDArray norms(Critic critic, NDArray samples) {
        return squaredNorms(critic, samples).add(TINY).sqrt();
    }
}
