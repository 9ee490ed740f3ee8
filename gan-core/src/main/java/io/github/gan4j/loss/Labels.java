package io.github.gan4j.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.github.gan4j.InvalidInputException;
import java.util.Arrays;
import java.util.function.Supplier;

/** Labels that are wrong now and then, so that the discriminator cannot be too sure. */
final class Labels {

    private Labels() {}

    /**
     * Averages the losses of scores of which a share has its label flipped. A label belongs to a
     * sample: all its scores keep it or lose it together.
     *
     * @param right the loss of each score by its label {@code (N, ...)}
     * @param wrong its loss by the other label, of the same shape; asked for if there is any
     * @param share the probability that a label is flipped
     * @return a scalar
     */
    static NDArray flip(NDArray right, Supplier<NDArray> wrong, float share) {
        if (share == 0) {
            return right.mean();
        }
        long[] perSample = new long[right.getShape().dimension()];
        Arrays.fill(perSample, 1);
        perSample[0] = right.getShape().get(0);
        NDArray draw = right.getManager().randomUniform(0f, 1f, new Shape(perSample));
        NDArray flipped = draw.lt(share).toType(right.getDataType(), false);
        return right.add(wrong.get().sub(right).mul(flipped)).mean();
    }

    /** Refuses a share at which the labels would say nothing, or the contrary. */
    static void requireShare(String loss, float share) {
        if (!(share >= 0 && share < 0.5f)) {
            throw new InvalidInputException(
                    "The share of flipped labels of the loss %s is %s; it must be 0 or more, and below 0.5."
                            .formatted(loss, share));
        }
    }
}
