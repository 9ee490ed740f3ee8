package io.github.gan4j.strategy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.github.gan4j.Game;
import io.github.gan4j.Gan;
import io.github.gan4j.InvalidInputException;
import io.github.gan4j.Penalty;
import io.github.gan4j.Player;
import io.github.gan4j.Round;
import io.github.gan4j.TrainingStrategy;
import io.github.gan4j.torch.GradMode;
import io.github.gan4j.torch.Operators;

/**
 * Unrolled GANs (Metz et al. 2017, equations 8 to 10): the generator is judged by the discriminator
 * that would be there after some more steps of gradient descent, and its gradient flows through
 * those steps too. This keeps it from chasing one mode after the other.
 *
 * <p>The imagined steps are those that the discriminator would take next: a lazy penalty is in the
 * ones whose turn it would be.
 *
 * <p>The generator's gradient is a product of as many Jacobians as there are steps, each about the
 * rate times the curvature of the discriminator's objective. Where that is above 1 the product
 * explodes, long before a plain step of that rate would: a gradient penalty on a DCGAN critic with
 * instance norm at a rate of 0.01 makes gradients of length 17 after one step, 400 after two, 9e6
 * after three, and not a number after five, while a rate of 0.001 leaves them at 6. Take a lower
 * rate, or fewer steps.
 *
 * @param steps how many steps of the discriminator are looked ahead, 1 or more
 * @param rate the learning rate of these imagined steps, above 0
 */
public record UnrolledStrategy(int steps, float rate) implements TrainingStrategy {

    /**
     * Constructs the strategy.
     *
     * @param steps 1 or more
     * @param rate above 0
     */
    public UnrolledStrategy {
        if (steps < 1) {
            throw new InvalidInputException(
                    "The number of unrolled steps is " + steps + "; it must be 1 or more.");
        }
        if (!(rate > 0 && rate < Float.POSITIVE_INFINITY)) {
            throw new InvalidInputException(
                    "The rate of the unrolled steps is " + rate + "; it must be above 0.");
        }
    }

    /** Constructs the strategy with the five steps of the paper at a rate of 0.01. */
    public UnrolledStrategy() {
        this(5, 0.01f);
    }

    @Override
    public void step(Game game) {
        Round round = game.nextRound(true);
        for (Player player : game.getGan().getPlayers(Player.Role.DISCRIMINATOR)) {
            game.update(player, round);
        }
        Round future = round;
        for (Player player : game.getGan().getPlayers(Player.Role.DISCRIMINATOR)) {
            future = unroll(game, player, future);
        }
        for (Player player : game.getGan().getPlayers(Player.Role.GENERATOR)) {
            game.update(player, future);
        }
    }

    private Round unroll(Game game, Player player, Round round) {
        NDList weights = game.getWeights(player);
        Round future = game.imagine(round, player, weights);
        for (int i = 0; i < steps; i++) {
            NDList gradients = game.differentiableGradients(player, future, i);
            weights = descend(weights, gradients);
            future = game.imagine(future, player, weights);
        }
        return future;
    }

    /** One step of gradient descent that remembers how it came about. */
    private NDList descend(NDList weights, NDList gradients) {
        try (GradMode recording = GradMode.on()) {
            NDList moved = new NDList();
            for (int k = 0; k < weights.size(); k++) {
                // In this order the sum belongs to the step, and not to the weights.
                NDArray move = Operators.scale(gradients.get(k), -rate);
                moved.add(move.add(weights.get(k)));
            }
            return moved;
        }
    }

    @Override
    public void check(Gan gan) {
        for (Penalty penalty : gan.getPenalties()) {
            if (penalty.isConstraint()) {
                throw new InvalidInputException(
                        ("The strategy unrolled cannot look through the constraint %s, which has no"
                                        + " gradient; use a penalty such as gp, or another strategy.")
                                .formatted(penalty.getName()));
            }
        }
        if (gan.getPlayers(Player.Role.GENERATOR).size() > 1) {
            throw new InvalidInputException(
                    "The strategy unrolled needs a single player with the generators; use another strategy.");
        }
    }

    @Override
    public String getSummary() {
        return "Metz et al. 2017: the generator sees the discriminator some steps ahead";
    }
}
