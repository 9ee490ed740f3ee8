package io.github.gan4j.penalty;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.github.gan4j.Critic;
import io.github.gan4j.InvalidInputException;
import io.github.gan4j.Penalty;
import io.github.gan4j.torch.Operators;

/**
 * Weight clipping (Arjovsky et al. 2017, algorithm 1): after each move of the critic its weights
 * are brought back into a box, which bounds its slope. A constraint, and no term.
 *
 * @param bound what no weight may exceed in size, above 0; 0.01 in the paper
 */
public record WeightClipping(float bound) implements Penalty {

    /**
     * Constructs the constraint.
     *
     * @param bound above 0
     */
    public WeightClipping {
        if (!(bound > 0 && bound < Float.POSITIVE_INFINITY)) {
            throw new InvalidInputException(
                    "The bound of the penalty clip is " + bound + "; it must be above 0.");
        }
    }

    /** Constructs the constraint of the paper. */
    public WeightClipping() {
        this(0.01f);
    }

    @Override
    public NDArray evaluate(Critic critic, NDArray real, NDArray fake) {
        return null;
    }

    @Override
    public void constrain(NDList weights) {
        Operators.clamp(weights, bound);
    }

    @Override
    public boolean isConstraint() {
        return true;
    }

    @Override
    public String getName() {
        return "clip";
    }

    @Override
    public String getSummary() {
        return "Arjovsky et al. 2017: the critic's weights stay in a box";
    }
}
