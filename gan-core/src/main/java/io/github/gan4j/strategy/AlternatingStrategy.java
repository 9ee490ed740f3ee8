package io.github.gan4j.strategy;

import io.github.gan4j.Game;
import io.github.gan4j.InvalidInputException;
import io.github.gan4j.Player;
import io.github.gan4j.Round;
import io.github.gan4j.TrainingStrategy;

/**
 * The discriminators move some steps, each on a batch of its own, then the generators move once
 * (Goodfellow et al. 2014, algorithm 1; with more critic steps Arjovsky et al. 2017, algorithm 1).
 *
 * <p>The generator's turn takes the latents of the last discriminator's turn, and so shares the
 * forward pass of the generator with it, which is a tenth to a fifth of a step. {@link
 * Builder#optFreshLatents} draws new ones, as the algorithms have it to the letter.
 */
public final class AlternatingStrategy implements TrainingStrategy {

    private final int discriminatorSteps;
    private final boolean freshLatents;

    private AlternatingStrategy(Builder builder) {
        discriminatorSteps = builder.discriminatorSteps;
        freshLatents = builder.freshLatents;
        if (discriminatorSteps < 1) {
            throw new InvalidInputException(
                    "The number of discriminator steps is "
                            + discriminatorSteps
                            + "; it must be 1 or more.");
        }
    }

    @Override
    public void step(Game game) {
        Round round = null;
        for (int i = 1; i <= discriminatorSteps; i++) {
            round = game.nextRound(i == discriminatorSteps && !freshLatents);
            for (Player player : game.getGan().getPlayers(Player.Role.DISCRIMINATOR)) {
                game.update(player, round);
            }
        }
        if (freshLatents) {
            round = game.nextRound(false);
        }
        for (Player player : game.getGan().getPlayers(Player.Role.GENERATOR)) {
            game.update(player, round);
        }
    }

    @Override
    public int getBatchesPerStep() {
        return discriminatorSteps + (freshLatents ? 1 : 0);
    }

    /**
     * Starts to describe a strategy.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /** Describes an {@link AlternatingStrategy}. */
    public static final class Builder {

        private int discriminatorSteps = 1;
        private boolean freshLatents;

        private Builder() {}

        /**
         * Sets the number of discriminator steps to a generator step.
         *
         * @param steps 1 unless set
         * @return this builder
         */
        public Builder optDiscriminatorSteps(int steps) {
            this.discriminatorSteps = steps;
            return this;
        }

        /**
         * Draws new latents, and a new batch, for the generator's turn.
         *
         * @param fresh {@code false} unless set
         * @return this builder
         */
        public Builder optFreshLatents(boolean fresh) {
            this.freshLatents = fresh;
            return this;
        }

        /**
         * Builds the strategy.
         *
         * @return the strategy
         */
        public AlternatingStrategy build() {
            return new AlternatingStrategy(this);
        }
    }
}
