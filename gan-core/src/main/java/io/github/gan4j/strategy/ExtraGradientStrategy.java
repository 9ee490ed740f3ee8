package io.github.gan4j.strategy;

import ai.djl.ndarray.NDList;
import io.github.gan4j.Game;
import io.github.gan4j.Player;
import io.github.gan4j.Round;
import io.github.gan4j.TrainingStrategy;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Extra-gradient (Gidel et al. 2019, algorithms 2 and 4): all players look one step ahead, and then
 * move from where they were by the gradients that they found there. It converges on games on which
 * plain descent runs in circles.
 *
 * <p>Each step draws two batches, and counts as two updates of each player; an optimiser with a
 * memory, such as Adam, remembers both (ExtraAdam).
 */
public record ExtraGradientStrategy() implements TrainingStrategy {

    @Override
    public void step(Game game) {
        Map<Player, NDList> here = gradients(game);
        Game.Position position = game.remember();
        here.forEach(game::explore);
        Map<Player, NDList> ahead = gradients(game);
        position.restore();
        ahead.forEach(game::apply);
    }

    private static Map<Player, NDList> gradients(Game game) {
        Round round = game.nextRound(true);
        Map<Player, NDList> gradients = new LinkedHashMap<>();
        for (Player player : game.getGan().getPlayers()) {
            gradients.put(player, game.gradients(player, round));
        }
        return gradients;
    }

    @Override
    public int getBatchesPerStep() {
        return 2;
    }

    @Override
    public String getSummary() {
        return "Gidel et al. 2019: look a step ahead, move by the gradients found there";
    }
}
