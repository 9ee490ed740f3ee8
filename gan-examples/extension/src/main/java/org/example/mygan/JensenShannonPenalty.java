package org.example.mygan;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.nn.Activation;
import io.github.gan4j.Critic;
import io.github.gan4j.Penalty;
import io.github.gan4j.torch.Autograd;
import io.github.gan4j.torch.Operators;

/**
 * The regulariser of Roth et al. 2017: the discriminator should be flat where it is wrong.
 *
 * @param weight how heavy, 2 unless set
 * @param interval it is applied once in so many updates, and then so many times as heavy
 */
public record JensenShannonPenalty(float weight, int interval) implements Penalty {

    public JensenShannonPenalty() {
        this(2, 1);
    }

    @Override
    public NDArray evaluate(Critic critic, NDArray real, NDArray fake) {
        NDArray sum = slope(critic, real, -1).add(slope(critic, fake, 1));
        return Operators.scale(sum, weight / 2);
    }

    /** The mean of sigmoid(sign D(x))^2 |grad D(x)|^2. */
    private static NDArray slope(Critic critic, NDArray samples, float sign) {
        NDArray points = samples.stopGradient();
        points.setRequiresGradient(true);
        NDArray scores = critic.score(points);
        NDArray gradient =
                Autograd.differentiableGradients(
                                points.getManager(), scores.sum(), new NDList(points))
                        .get(0);
        NDArray squared = perSample(gradient.square()).sum(new int[] {1});
        NDArray wrong = perSample(Activation.sigmoid(Operators.scale(scores, sign)));
        return wrong.mean(new int[] {1}).square().mul(squared).mean();
    }

    private static NDArray perSample(NDArray array) {
        return array.reshape(array.getShape().get(0), -1);
    }

    @Override
    public int getInterval() {
        return interval;
    }

    @Override
    public String getSummary() {
        return "Roth et al. 2017: flat where the discriminator is wrong";
    }
}
