package io.github.gan4j;

/**
 * Who moves when: one step of training.
 *
 * <p>A step ends with the generators having moved once; steps are counted so everywhere. A strategy
 * of one's own is a few lines:
 *
 * <pre>{@code
 * TrainingStrategy simultaneous = game -> {
 *     Round round = game.nextRound(true);
 *     for (Player player : game.getGan().getPlayers()) {
 *         game.update(player, round);
 *     }
 * };
 * }</pre>
 */
@FunctionalInterface
public interface TrainingStrategy extends Component {

    /**
     * Plays one step.
     *
     * @param game the game in progress
     */
    void step(Game game);

    /**
     * Returns how many batches one step draws, so that epochs can be told in steps.
     *
     * @return 1 unless overridden
     */
    default int getBatchesPerStep() {
        return 1;
    }

    @Override
    default String getName() {
        return ComponentNames.of(getClass(), "Strategy");
    }
}
