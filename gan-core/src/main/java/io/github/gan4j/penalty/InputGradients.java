package io.github.gan4j.penalty;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.github.gan4j.Critic;
import io.github.gan4j.torch.Autograd;

/** The gradient of a critic's scores with respect to its samples. */
final class InputGradients {

    private InputGradients() {}

    /**
     * Computes the squared norm of each sample's gradient, as a function that can be differentiated
     * by the critic's weights.
     *
     * @param critic the critic
     * @param samples samples {@code (N, ...)}, constants
     * @return squared norms {@code (N)}
     */
    static NDArray squaredNorms(Critic critic, NDArray samples) {
        NDArray points = samples.stopGradient();
        points.setRequiresGradient(true);
        NDArray gradient =
                Autograd.differentiableGradients(
                                points.getManager(), critic.score(points).sum(), new NDList(points))
                        .singletonOrThrow();
        return gradient.reshape(gradient.getShape().get(0), -1).square().sum(new int[] {1});
    }
}
