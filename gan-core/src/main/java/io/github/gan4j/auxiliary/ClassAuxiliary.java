package io.github.gan4j.auxiliary;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.github.gan4j.Auxiliary;
import io.github.gan4j.Gan;
import io.github.gan4j.InvalidInputException;
import io.github.gan4j.Round;
import io.github.gan4j.torch.Operators;

/**
 * The classifier of ACGAN (Odena et al. 2017, equation 3): the discriminator tells the class of
 * real and of generated samples, and the generator makes samples whose class can be told.
 *
 * <p>\(L_C = -\mathrm{E}\log P(c \mid x) - \mathrm{E}\log P(c \mid G(z, c))\), of which the
 * generator sees the second half. The second output of the discriminator's block are the logits of
 * the classes {@code (N, K)}.
 *
 * @param weight the weight of the term, 1 in the paper
 */
public record ClassAuxiliary(float weight) implements Auxiliary {

    @Override
    public NDArray discriminatorTerm(Round round, NDList real, NDList fake) {
        return crossEntropy(round, real).add(crossEntropy(round, fake));
    }

    @Override
    public NDArray generatorTerm(Round round, NDList fake) {
        return crossEntropy(round, fake);
    }

    @Override
    public void check(Gan gan) {
        if (!gan.isConditional()) {
            throw new InvalidInputException(
                    "The auxiliary class tells the labels that the generator is fed, and the game is not conditional; set optConditional(true).");
        }
    }

    private NDArray crossEntropy(Round round, NDList outputs) {
        NDArray logits = outputs.get(1);
        NDArray labels = round.getConditions().get(0);
        return Operators.scale(Operators.crossEntropy(logits, labels), weight);
    }
}
