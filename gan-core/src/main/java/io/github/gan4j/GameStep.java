package io.github.gan4j;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.training.dataset.Batch;
import io.github.gan4j.nn.Precision;
import io.github.gan4j.nn.SecondOrder;
import io.github.gan4j.torch.Autograd;
import io.github.gan4j.torch.GradMode;
import io.github.gan4j.torch.Operators;
import io.github.gan4j.torch.Parallel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** One step of a game: draws its batches, computes gradients and moves players. */
final class GameStep implements Game, AutoCloseable {

    private final Gan gan;
    private final long seed;
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
            long seed,
            long step,
            BatchStream batches,
            Weights weights,
            Memory memory,
            double rate,
            Map<Player, PlayerState> states,
            NDManager manager,
            boolean gradientNorms) {
        this.gan = gan;
        this.seed = seed;
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
        return new Round(gan, batch, manager, weights, memory, step, index, seed, shared);
    }

    @Override
    public NDList gradients(Player player, Round round) {
        round.setTurn(states.get(player).getMoves());
        NDList gradients = null;
        Map<String, Float> terms = new LinkedHashMap<>();
        Map<String, Float> reports = new LinkedHashMap<>();
        for (Part part : differentiate(player, round)) {
            part.terms.forEach((term, value) -> terms.merge(term, value, Float::sum));
            part.reports.forEach((term, value) -> reports.merge(term, value, Float::sum));
            if (gradients == null) {
                gradients = part.gradients;
            } else if (part.gradients != null) {
                NDList sum = gradients;
                between(player, () -> Operators.add(sum, part.gradients));
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

    /** Computes the gradients of a player's objective part by part, several at once if it may. */
    private List<Part> differentiate(Player player, Round round) {
        Objective objective = player.getObjective();
        if (round.isImagined()) { // one graph, which cannot be worked off in parts
            return List.of(new Part(player, objective, round));
        }
        List<Objective> sides = objective.getParallelParts();
        if (sides.size() == 1) {
            return differentiate(player, objective, round, false);
        }
        Precision precision = Precision.current();
        List<Supplier<List<Part>>> turns = new ArrayList<>();
        for (Objective side : sides) {
            turns.add(
                    () -> {
                        try (Precision.Scope compute = precision.use()) {
                            return differentiate(player, side, round, true);
                        }
                    });
        }
        return Parallel.compute(manager.getDevice(), turns.size(), turns).stream()
                .flatMap(List::stream)
                .toList();
    }

    private List<Part> differentiate(
            Player player, Objective objective, Round round, boolean parallel) {
        List<Part> parts = new ArrayList<>();
        for (Objective part : objective.getParts()) {
            try (NDManager local = manager.newSubManager()) {
                parts.add(new Part(player, part, round.view(local, parallel)));
            }
        }
        return parts;
    }

    /** The gradients of a part of an objective, and the values of its terms. */
    private final class Part {

        private final Map<String, Float> terms = new LinkedHashMap<>();
        private final Map<String, Float> reports = new LinkedHashMap<>();

        /** {@code null} if the part has no term now. */
        private final NDList gradients;

        Part(Player player, Objective objective, Round round) {
            try (GradMode recording = GradMode.on()) {
                Terms all = objective.evaluate(round);
                if (all.isEmpty()) {
                    gradients = null;
                    return;
                }
                NDArray sum = all.sum();
                read(player, all);
                if (!round.isImagined()) {
                    Autograd.forgetGraph(round.getManager(), sum);
                }
                NDList variables = states.get(player).select(round.getWeights());
                gradients = Autograd.gradients(manager, sum, variables);
            }
        }

        private void read(Player player, Terms all) {
            all.read()
                    .forEach(
                            (term, value) -> {
                                String path = player.getName() + "/" + term;
                                boolean counts = all.isMinimised(term);
                                if (counts) {
                                    requireFinite(path, value);
                                }
                                (counts ? terms : reports).put(path, value);
                            });
        }
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
        return round.at(player.getRole(), states.get(player).byId(imagined));
    }

    @Override
    public NDList getWeights(Player player) {
        return states.get(player).getTrainable();
    }

    private void requireFinite(String path, float value) {
        if (!Float.isFinite(value)) {
            throw new NonFiniteTermException(path, value, step + 1);
        }
    }

    @Override
    public void apply(Player player, NDList gradients, double factor) {
        between(player, () -> states.get(player).apply(gradients, step, factor * rate));
    }

    @Override
    public void explore(Player player, NDList gradients) {
        between(player, () -> states.get(player).move(gradients, step, rate));
    }

    /** Does, unrecorded, what comes between the parts of an objective that are computed at once. */
    private void between(Player player, Runnable work) {
        int parts = player.getObjective().getParallelParts().size();
        try (GradMode recording = GradMode.off()) {
            Parallel.between(manager.getDevice(), parts, work);
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
