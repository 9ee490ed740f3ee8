package io.github.gan4j.penalty;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;

/** Random points at which critics are looked at. */
final class Points {

    private Points() {}

    /** Draws a number in [0, 1) for each sample, in the form {@code (N, 1, ..)}. */
    static NDArray shares(NDArray samples) {
        long[] perSample = new long[samples.getShape().dimension()];
        Arrays.fill(perSample, 1);
        perSample[0] = samples.getShape().get(0);
        return samples.getManager()
                .randomUniform(0f, 1f, new Shape(perSample), samples.getDataType());
    }

    /** Goes the given shares of the ways from some samples to others. */
    static NDArray between(NDArray from, NDArray to, NDArray shares) {
        return from.add(to.sub(from).mul(shares));
    }
}
