package io.github.gan4j.strategy;

import io.github.gan4j.Game;
import io.github.gan4j.InvalidInputException;
import io.github.gan4j.Player;
import io.github.gan4j.Round;
import io.github.gan4j.TrainingStrategy;

/**
 * The two time-scale update rule (Heusel et al. 2017, section 2): the players take one step each in
 * turn, and the discriminator learns faster.
 *
 * @param ratio how many times as fast as its own learning rate says, above 0; 4 is usual with equal
 *     learning rates
 */
public record TwoTimeScaleStrategy(double ratio) implements TrainingStrategy {

    /**
     * Constructs the strategy.
     *
     * @param ratio above 0
     */
    public TwoTimeScaleStrategy {
        if (!(ratio > 0 && ratio < Double.POSITIVE_INFINITY)) {
            throw new InvalidInputException(
                    "The ratio of the time scales is " + ratio + "; it must be above 0.");
        }
    }

    /** Constructs the strategy with a ratio of 4. */
    public TwoTimeScaleStrategy() {
        this(4);
    }

    @Override
    public void step(Game game) {
        Round round = game.nextRound(true);
        for (Player player : game.getGan().getPlayers(Player.Role.DISCRIMINATOR)) {
            game.apply(player, game.gradients(player, round), ratio);
        }
        for (Player player : game.getGan().getPlayers(Player.Role.GENERATOR)) {
            game.update(player, round);
        }
    }

    @Override
    public String getName() {
        return "ttur";
    }

    @Override
    public String getSummary() {
        return "Heusel et al. 2017: in turn, the discriminator at a higher learning rate";
    }
}
