package io.github.gan4j.penalty;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.github.gan4j.Critic;
import java.util.Arrays;

/** Random points at which critics are looked at. */
final class Points {

    private Points() {}

    /**
     * Draws a number in [0, 1) for each sample, in the form {@code (N, 1, ..)}; samples that the
     * critic scores as one share theirs.
     */
    static NDArray shares(Critic critic, NDArray samples) {
        long packing = critic.getPacking();
        long[] perScore = new long[samples.getShape().dimension()];
        Arrays.fill(perScore, 1);
        perScore[0] = samples.getShape().get(0) / packing;
        NDArray drawn =
                samples.getManager()
                        .randomUniform(0f, 1f, new Shape(perScore), samples.getDataType());
        if (packing == 1) {
            return drawn;
        }
        long[] perSample = perScore.clone();
        perSample[0] *= packing;
        return drawn.reshape(-1, 1).broadcast(perScore[0], packing).reshape(perSample);
    }

    /** Goes the given shares of the ways from some samples to others. */
    static NDArray between(NDArray from, NDArray to, NDArray shares) {
        return from.add(to.sub(from).mul(shares));
    }
}
