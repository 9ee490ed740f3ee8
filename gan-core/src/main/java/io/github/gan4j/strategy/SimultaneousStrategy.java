package io.github.gan4j.strategy;

import ai.djl.ndarray.NDList;
import io.github.gan4j.Game;
import io.github.gan4j.Player;
import io.github.gan4j.Round;
import io.github.gan4j.TrainingStrategy;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * All players move at once, each by its gradient at the point where all of them stand: simultaneous
 * gradient descent, as analysed by Mescheder et al. 2018.
 */
public record SimultaneousStrategy() implements TrainingStrategy {

    @Override
    public void step(Game game) {
        Round round = game.nextRound(true);
        Map<Player, NDList> gradients = new LinkedHashMap<>();
        for (Player player : game.getGan().getPlayers()) {
            gradients.put(player, game.gradients(player, round));
        }
        gradients.forEach(game::apply);
    }

    @Override
    public String getSummary() {
        return "Mescheder et al. 2018: all players move at once";
    }
}
