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
 * @param critic the number of discriminator steps to a generator step, 1 or more
 * @param fresh whether the generator's turn draws new latents and a new batch, as the algorithms
 *     have it to the letter. Else it takes those of the last discriminator's turn, and so shares
 *     the forward pass of the generator with it, which is a tenth to a fifth of a step
 */
public record AlternatingStrategy(int critic, boolean fresh) implements TrainingStrategy {

    /**
     * Constructs the strategy.
     *
     * @param critic the number of discriminator steps to a generator step
     * @param fresh whether the generator's turn draws new latents
     */
    public AlternatingStrategy {
        if (critic < 1) {
            throw new InvalidInputException(
                    "The number of critic steps is " + critic + "; it must be 1 or more.");
        }
    }

    /** Constructs the strategy with one step each, and shared latents. */
    public AlternatingStrategy() {
        this(1);
    }

    /**
     * Constructs the strategy with shared latents.
     *
     * @param critic the number of discriminator steps to a generator step
     */
    public AlternatingStrategy(int critic) {
        this(critic, false);
    }

    @Override
    public void step(Game game) {
        Round round = null;
        for (int i = 1; i <= critic; i++) {
            round = game.nextRound(i == critic && !fresh);
            for (Player player : game.getGan().getPlayers(Player.Role.DISCRIMINATOR)) {
                game.update(player, round);
            }
        }
        if (fresh) {
            round = game.nextRound(false);
        }
        for (Player player : game.getGan().getPlayers(Player.Role.GENERATOR)) {
            game.update(player, round);
        }
    }

    @Override
    public int getBatchesPerStep() {
        return critic + (fresh ? 1 : 0);
    }

    @Override
    public String getSummary() {
        return "Goodfellow et al. 2014: so many critic steps, then one of the generator";
    }
}
