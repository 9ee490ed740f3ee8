package io.github.gan4j.strategy;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.SequentialBlock;
import io.github.gan4j.Discriminator;
import io.github.gan4j.Game;
import io.github.gan4j.Gan;
import io.github.gan4j.Player;
import io.github.gan4j.Round;
import io.github.gan4j.Terms;
import io.github.gan4j.optim.Adam;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A game that nobody plays: it writes down what a strategy asks of it. */
final class RecordedGame implements Game {

    List<String> moves = new ArrayList<>();
    private final Gan gan;

    RecordedGame() {
        this("d1", "d2", "g1", "g2");
    }

    /** A game of players whose names start with the letter of their role. */
    RecordedGame(String... players) {
        gan =
                Gan.ofPlayers(
                        game -> {},
                        Stream.of(players).map(RecordedGame::player).toArray(Player[]::new));
    }

    /** Writes into the book of another game. */
    RecordedGame keep(RecordedGame other) {
        moves = other.moves;
        return this;
    }

    private static Player player(String name) {
        return Player.builder()
                .setName(name)
                .setRole(name.startsWith("d") ? Player.Role.DISCRIMINATOR : Player.Role.GENERATOR)
                .addNetwork(name, Discriminator.of(new SequentialBlock(), new Shape(1)))
                .setObjective(round -> new Terms())
                .setOptimizer(Adam.builder().build())
                .build();
    }

    @Override
    public Gan getGan() {
        return gan;
    }

    @Override
    public long getStep() {
        return 0;
    }

    @Override
    public Round nextRound(boolean shared) {
        moves.add(shared ? "round shared" : "round");
        return null;
    }

    @Override
    public NDList gradients(Player player, Round round) {
        moves.add("gradients " + player.getName());
        return new NDList();
    }

    @Override
    public void apply(Player player, NDList gradients, double rate) {
        moves.add("move " + player.getName() + (rate == 1 ? "" : " x" + rate));
    }

    @Override
    public void explore(Player player, NDList gradients) {
        moves.add("explore " + player.getName());
    }

    @Override
    public Position remember() {
        moves.add("remember");
        return () -> moves.add("restore");
    }

    @Override
    public NDList getWeights(Player player) {
        return new NDList();
    }

    @Override
    public Round imagine(Round round, Player player, NDList weights) {
        moves.add("imagine " + player.getName());
        return null;
    }

    @Override
    public NDList differentiableGradients(Player player, Round imagined, int ahead) {
        moves.add("imagined gradients " + player.getName());
        return new NDList();
    }
}
