package io.github.gan4j;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.training.dataset.Batch;
import io.github.gan4j.nn.SecondOrder;
import io.github.gan4j.torch.Autograd;
import io.github.gan4j.torch.GradMode;
import io.github.gan4j.torch.Operators;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One step of a game: draws its batches, computes gradients and moves players. */
final class GameStep implements Game, AutoCloseable {

    private final Gan gan;
    private final long step;
    private final BatchStream batches;
    private final Weights weights;
    private final Memory memory;
    private final double rate;
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
            Memory memory,
            double rate,
            Map<Player, PlayerState> states,
            NDManager manager,
            boolean gradientNorms) {
        this.gan = gan;
        this.step = step;
        this.batches = batches;
        this.weights = weights;
        this.memory = memory;
        this.rate = rate;
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
        long index = batches.getPosition();
        Batch batch = batches.next();
        drawn.add(batch);
        SampleCheck.check(gan, batch);
        return new Round(gan, batch, manager, weights, memory, step, index, shared);
    }

    @Override
    public NDList gradients(Player player, Round round) {
        round.setTurn(states.get(player).getMoves());
        NDList gradients = null;
        Map<String, Float> terms = new LinkedHashMap<>();
        Map<String, Float> reports = new LinkedHashMap<>();
        // An imagined game is one graph, that of a real one can be worked off part by part.
        List<Objective> parts =
                round.isImagined()
                        ? List.of(player.getObjective())
                        : player.getObjective().getParts();
        for (Objective part : parts) {
            NDList more = round.turn(() -> differentiate(player, part, round, terms, reports));
            if (gradients == null) {
                gradients = more;
            } else if (more != null) {
                Operators.add(gradients, more);
            }
        }
        if (gradients == null) {
            throw new IllegalStateException(
                    "The objective of player " + player.getName() + " has no term; add one.");
        }
        // Whatever the parts, what is minimised stands before what is only looked at.
        values.putAll(terms);
        values.putAll(reports);
        if (player.getRole() == Player.Role.GENERATOR) {
            round.spendGraphs();
        }
        if (gradientNorms) {
            String path = player.getName() + "/gradient norm";
            float norm = Operators.norm(manager, gradients).getFloat();
            requireFinite(path, norm);
            values.put(path, norm);
        }
        return gradients;
    }

    /** Returns the gradients of a part of an objective; {@code null} if it has no term now. */
    private NDList differentiate(
            Player player,
            Objective part,
            Round round,
            Map<String, Float> minimised,
            Map<String, Float> reports) {
        try (GradMode recording = GradMode.on()) {
            Set<NDArray> before = identities(manager.getManagedArrays());
            Terms terms = part.evaluate(round);
            if (terms.isEmpty()) {
                return null;
            }
            NDArray sum = terms.sum();
            read(player, terms, minimised, reports);
            if (!round.isImagined()) {
                forgetGraph(sum, before, round);
            }
            return Autograd.gradients(manager, sum, states.get(player).getTrainable());
        }
    }

    /** Adds the values of the terms to what other parts of the objective have reported. */
    private void read(
            Player player, Terms terms, Map<String, Float> minimised, Map<String, Float> reports) {
        terms.read()
                .forEach(
                        (term, value) -> {
                            String path = player.getName() + "/" + term;
                            boolean counts = terms.isMinimised(term);
                            if (counts) {
                                requireFinite(path, value);
                            }
                            (counts ? minimised : reports).merge(path, value, Float::sum);
                        });
    }

    @Override
    public NDList differentiableGradients(Player player, Round imagined, int ahead) {
        imagined.setTurn(states.get(player).getMoves() + ahead);
        try (GradMode recording = GradMode.on();
                SecondOrder differentiatedTwice = SecondOrder.on()) {
            NDArray sum = player.getObjective().evaluate(imagined).sum();
            NDList variables = states.get(player).select(imagined.getWeights());
            return Autograd.differentiableGradients(manager, sum, variables);
        }
    }

    @Override
    public Round imagine(Round round, Player player, NDList imagined) {
        return round.at(states.get(player).byId(imagined));
    }

    @Override
    public NDList getWeights(Player player) {
        return states.get(player).getTrainable();
    }

    /**
     * Closes the handles of what led to the sum. The graph holds what it needs, and can so free
     * each activation as soon as the gradient has passed it. Constants are kept: their memory may
     * belong to a buffer of Java's that the graph knows nothing of.
     */
    private void forgetGraph(NDArray sum, Set<NDArray> before, Round round) {
        NDList made = new NDList();
        for (NDArray array : manager.getManagedArrays()) {
            if (array != sum && !before.contains(array) && !round.isGenerated(array)) {
                made.add(array);
            }
        }
        if (made.isEmpty()) {
            return;
        }
        boolean[] differentiable = Autograd.areDifferentiable(made);
        for (int i = 0; i < differentiable.length; i++) {
            if (differentiable[i]) {
                made.get(i).close();
            }
        }
    }

    private static Set<NDArray> identities(List<NDArray> arrays) {
        Set<NDArray> set = Collections.newSetFromMap(new IdentityHashMap<>());
        set.addAll(arrays);
        return set;
    }

    private void requireFinite(String path, float value) {
        if (!Float.isFinite(value)) {
            throw new NonFiniteTermException(path, value, step + 1);
        }
    }

    @Override
    public void apply(Player player, NDList gradients, double factor) {
        try (GradMode recording = GradMode.off()) {
            states.get(player).apply(gradients, factor * rate);
        }
    }

    @Override
    public void explore(Player player, NDList gradients) {
        try (GradMode recording = GradMode.off()) {
            states.get(player).move(gradients, rate);
        }
    }

    @Override
    public Position remember() {
        Map<PlayerState, NDList> copies = new LinkedHashMap<>();
        for (PlayerState state : states.values()) {
            copies.put(state, Operators.clone(manager, state.getTrainable()));
        }
        return () -> copies.forEach((state, copy) -> Operators.copy(state.getTrainable(), copy));
    }

    @Override
    public void close() {
        drawn.forEach(Batch::close);
    }
}
