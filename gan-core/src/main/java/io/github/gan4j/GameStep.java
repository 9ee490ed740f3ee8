package io.github.gan4j;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.training.dataset.Batch;
import io.github.gan4j.torch.Autograd;
import io.github.gan4j.torch.GradMode;
import io.github.gan4j.torch.Operators;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One step of a game: draws its batches, computes gradients and moves players. */
final class GameStep implements Game, AutoCloseable {

    private final Gan gan;
    private final long step;
    private final BatchStream batches;
    private final Weights weights;
    private final Map<Player, PlayerState> states;
    private final NDManager manager;
    private final boolean gradientNorms;
    private final List<Batch> drawn = new ArrayList<>();
    private final Map<String, Float> values = new LinkedHashMap<>();

    GameStep(
            Gan gan,
            long step,
            BatchStream batches,
            Weights weights,
            Map<Player, PlayerState> states,
            NDManager manager,
            boolean gradientNorms) {
        this.gan = gan;
        this.step = step;
        this.batches = batches;
        this.weights = weights;
        this.states = states;
        this.manager = manager;
        this.gradientNorms = gradientNorms;
    }

    /** Returns what the players' objectives have reported so far, as {@code player/term}. */
    Map<String, Float> getValues() {
        return values;
    }

    @Override
    public Gan getGan() {
        return gan;
    }

    @Override
    public long getStep() {
        return step;
    }

    @Override
    public Round nextRound(boolean shared) {
        Batch batch = batches.next();
        drawn.add(batch);
        SampleCheck.check(gan, batch);
        return new Round(gan, batch, manager, weights, step, shared);
    }

    @Override
    public NDList gradients(Player player, Round round) {
        String name = player.getName();
        NDList gradients = round.turn(() -> differentiate(player, round));
        if (player.getRole() == Player.Role.GENERATOR) {
            round.spendGraphs();
        }
        if (gradientNorms) {
            String path = name + "/gradient norm";
            float norm = Operators.norm(manager, gradients).getFloat();
            requireFinite(path, norm);
            values.put(path, norm);
        }
        return gradients;
    }

    private NDList differentiate(Player player, Round round) {
        String name = player.getName();
        try (GradMode recording = GradMode.on()) {
            Terms terms = player.getObjective().evaluate(round);
            NDArray sum = terms.sum();
            terms.read()
                    .forEach(
                            (term, value) -> {
                                String path = name + "/" + term;
                                if (terms.isMinimised(term)) {
                                    requireFinite(path, value);
                                }
                                values.put(path, value);
                            });
            forgetGraph(sum, round);
            return Autograd.gradients(manager, sum, states.get(player).getTrainable());
        }
    }

    /**
     * Closes the handles of what led to the sum. The graph holds what it needs, and can so free
     * each activation as soon as the gradient has passed it. Constants are kept: their memory may
     * belong to a buffer of Java's that the graph knows nothing of.
     */
    private void forgetGraph(NDArray sum, Round round) {
        for (NDArray array : manager.getManagedArrays()) {
            if (array != sum && array.hasGradient() && !round.isGenerated(array)) {
                array.close();
            }
        }
    }

    private void requireFinite(String path, float value) {
        if (!Float.isFinite(value)) {
            throw new NonFiniteTermException(path, value, step + 1);
        }
    }

    @Override
    public void apply(Player player, NDList gradients) {
        try (GradMode recording = GradMode.off()) {
            states.get(player).apply(gradients);
        }
    }

    @Override
    public void close() {
        drawn.forEach(Batch::close);
    }
}
