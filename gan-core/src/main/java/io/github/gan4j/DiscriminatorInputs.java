package io.github.gan4j;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;

/**
 * What a discriminator is shown in a round: real samples, generated ones, and the conditions of
 * both. In a game of several discriminators each has inputs of its own.
 */
public interface DiscriminatorInputs {

    /** The samples of the batch, those of the generator, and the labels of a conditional game. */
    DiscriminatorInputs DEFAULT =
            new DiscriminatorInputs() {
                @Override
                public NDArray real(Round round) {
                    return round.getReal();
                }

                @Override
                public NDArray fake(Round round) {
                    return round.fake();
                }

                @Override
                public NDArray detachedFake(Round round) {
                    return round.detachedFake();
                }

                @Override
                public NDList conditions(Round round) {
                    return round.getConditions();
                }
            };

    /**
     * Returns the real samples.
     *
     * @param round the round
     * @return samples {@code (N, ...)}
     */
    NDArray real(Round round);

    /**
     * Returns the generated samples of the generator's turn, through which gradients reach it.
     *
     * @param round the round
     * @return samples {@code (N, ...)}
     */
    NDArray fake(Round round);

    /**
     * Returns the generated samples of the discriminator's turn, as constants. They may be others
     * than those of the generator's turn: past ones, for instance.
     *
     * @param round the round
     * @return samples {@code (N, ...)}, the same in every call of the round
     */
    NDArray detachedFake(Round round);

    /**
     * Returns the conditions of the samples, real and generated ones alike.
     *
     * @param round the round
     * @return arrays {@code (N, ...)}; empty unless overridden
     */
    default NDList conditions(Round round) {
        return new NDList();
    }
}
