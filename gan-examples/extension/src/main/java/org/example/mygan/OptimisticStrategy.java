package org.example.mygan;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.github.gan4j.Game;
import io.github.gan4j.Memory;
import io.github.gan4j.Player;
import io.github.gan4j.Round;
import io.github.gan4j.TrainingStrategy;
import io.github.gan4j.torch.Operators;
import java.util.LinkedHashMap;
import java.util.Map;

/** Optimistic descent (Daskalakis et al. 2018): each gradient counts twice, less the one before. */
public record OptimisticStrategy() implements TrainingStrategy {

    @Override
    public void step(Game game) {
        Round round = game.nextRound(true);
        Map<Player, NDList> moves = new LinkedHashMap<>();
        for (Player player : game.getGan().getPlayers()) {
            Memory memory = round.getMemory().of("optimistic/" + player.getName());
            moves.put(player, lookAhead(game.gradients(player, round), memory));
        }
        moves.forEach(game::apply);
    }

    private static NDList lookAhead(NDList gradients, Memory memory) {
        NDList moves = new NDList();
        for (int i = 0; i < gradients.size(); i++) {
            NDArray now = gradients.get(i);
            NDArray before = memory.get("" + i);
            moves.add(before == null ? now : Operators.scale(now, 2).sub(before));
            memory.put("" + i, now);
        }
        return moves;
    }
}
