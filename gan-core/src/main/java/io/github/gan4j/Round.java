package io.github.gan4j;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.dataset.Batch;
import io.github.gan4j.nn.Precision;
import io.github.gan4j.torch.Autograd;
import io.github.gan4j.torch.GradMode;
import io.github.gan4j.torch.Operators;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * One batch of the game: real samples, their conditions, and the latents and generated samples that
 * the players share.
 *
 * <p>What is generated in a round lives until the end of the step; what else is computed, until the
 * end of the player's turn. DJL attaches the result of an operation to the manager of its first
 * operand, so a turn is played on a view of the round, which lends all arrays under a manager of
 * its own. Views of one round may be used by different threads at once.
 */
public final class Round {

    /** What all views of a round share. */
    private static final class Table {

        private final Gan gan;
        private final Batch batch;
        private final NDManager manager;
        private final long step;
        private final long index;
        private final long seed;
        private final boolean shared;
        private NDArray latents;

        Table(
                Gan gan,
                Batch batch,
                NDManager manager,
                long step,
                long index,
                long seed,
                boolean shared) {
            this.gan = gan;
            this.batch = batch;
            this.manager = manager;
            this.step = step;
            this.index = index;
            this.seed = seed;
            this.shared = shared;
        }
    }

    /** What is generated at one set of the generators' weights. */
    private static final class Samples {

        private final Map<String, NDArray> generated = new ConcurrentHashMap<>();
        private final Map<String, NDArray> detached = new ConcurrentHashMap<>();
    }

    private final Table table;
    private final Samples made;
    private final Weights weights;
    private final Memory memory;
    private final Map<NDArray, NDArray> lent = new IdentityHashMap<>();

    private final boolean imagined;
    private NDManager borrower;
    private long turn;

    Round(
            Gan gan,
            Batch batch,
            NDManager manager,
            Weights weights,
            Memory memory,
            long step,
            long index,
            long seed,
            boolean shared) {
        this(
                new Table(gan, batch, manager, step, index, seed, shared),
                new Samples(),
                weights,
                memory,
                false,
                manager);
    }

    private Round(
            Table table,
            Samples made,
            Weights weights,
            Memory memory,
            boolean imagined,
            NDManager borrower) {
        this.table = table;
        this.made = made;
        this.weights = weights;
        this.memory = memory;
        this.imagined = imagined;
        this.borrower = borrower;
    }

    /**
     * Imagines this round at other weights of a player. Nothing is a constant there: gradients flow
     * through the given weights, and through what is generated also in the discriminator's turn.
     * What is computed lives until the end of the step.
     *
     * @param role whose weights they are; those of a generator make other samples
     * @param replacements arrays by the parameters that they replace
     */
    Round at(Player.Role role, Map<String, NDArray> replacements) {
        return new Round(
                table,
                role == Player.Role.GENERATOR ? new Samples() : made,
                weights.with(replacements),
                memory.readOnly(),
                true,
                table.manager);
    }

    /**
     * Returns a view of this round for a part of a player's turn.
     *
     * @param own the manager of what is computed there, below that of the round
     * @param parallel whether other threads compute at the same time: the view then has handles of
     *     its own of all weights
     */
    Round view(NDManager own, boolean parallel) {
        Round view =
                new Round(
                        table, made, parallel ? weights.handles(own) : weights, memory, false, own);
        view.turn = turn;
        return view;
    }

    boolean isImagined() {
        return imagined;
    }

    /**
     * Tells whether the generators move in this round too, after the discriminators, so that what
     * is generated for the latter had better be differentiable.
     *
     * @return whether {@link #detached} shares its computation with {@link #generated}
     */
    public boolean isShared() {
        return table.shared;
    }

    Weights getWeights() {
        return weights;
    }

    /**
     * Returns the manager for arrays that are made in this round.
     *
     * @return a manager that is closed at the end of the player's turn, or of the step
     */
    public NDManager getManager() {
        return borrower;
    }

    /**
     * Returns the number of the step, counted from 0.
     *
     * @return the step
     */
    public long getStep() {
        return table.step;
    }

    /**
     * Returns the number of the round since the beginning of the training. It differs from the step
     * where a step plays several rounds.
     *
     * @return the number, counted from 0
     */
    public long getIndex() {
        return table.index;
    }

    /**
     * Returns how often the player whose turn it is has moved before. Looks ahead do not count.
     *
     * @return the number of moves since the beginning of the training
     */
    public long getTurn() {
        return turn;
    }

    void setTurn(long moves) {
        this.turn = moves;
    }

    /**
     * Returns what the game remembers from step to step.
     *
     * @return the memory, which checkpoints hold; in an imagined round it can only be read
     */
    public Memory getMemory() {
        return memory;
    }

    /**
     * Returns everything that the data set gave for this batch.
     *
     * @return data and labels
     */
    public Batch getBatch() {
        return table.batch;
    }

    /**
     * Returns the real samples.
     *
     * @return the first array of the batch's data {@code (N, ...)}
     */
    public NDArray getReal() {
        return getData(0);
    }

    /**
     * Returns the samples of a domain.
     *
     * @param domain where the batch's data holds them: 0 for domain A, 1 for domain B
     * @return samples {@code (N, ...)}
     */
    public NDArray getData(int domain) {
        return lend(table.batch.getData().get(domain));
    }

    /**
     * Returns the conditions that both networks are fed.
     *
     * @return the labels of the batch in a conditional game, else an empty list
     */
    public NDList getConditions() {
        NDList conditions = new NDList();
        if (table.gan.isConditional()) {
            table.batch.getLabels().forEach(label -> conditions.add(lend(label)));
        }
        return conditions;
    }

    /**
     * Returns a source of chance for one purpose, which depends on nothing but the seed of the run,
     * the round and the purpose; so it does not matter which thread comes first.
     *
     * @param purpose the purpose; two calls with the same one draw the same numbers
     * @return a new generator of random numbers
     */
    public RandomGenerator getChance(String purpose) {
        return new SplittableRandom(
                Seeds.derive(table.seed, Seeds.ROUND, table.index, purpose.hashCode()));
    }

    /**
     * Returns the latents of the round, drawn on the first call.
     *
     * @return latents {@code (N, ...)}
     */
    public NDArray getLatents() {
        if (table.latents == null) {
            long count = table.batch.getData().get(0).getShape().get(0);
            Shape shape = Shapes.batch(count, table.gan.requireGenerator().getLatentShape());
            table.latents = table.gan.getLatents().sample(table.manager, shape);
        }
        return lend(table.latents);
    }

    /**
     * Runs a network in training mode.
     *
     * @param network the network
     * @param inputs what its block is fed
     * @return what its block returns
     */
    public NDList forward(Network network, NDList inputs) {
        NDList outputs = network.getBlock().forward(weights, inputs, true);
        if (Precision.current() == Precision.FLOAT32) {
            return outputs;
        }
        // What leaves a network is in full precision: losses are computed of it.
        NDList exact = new NDList();
        outputs.forEach(output -> exact.add(Operators.toFloat32(output)));
        return exact;
    }

    /**
     * Scores samples under the conditions of the round.
     *
     * @param discriminator the discriminator
     * @param samples samples {@code (N, ...)}
     * @return their scores
     */
    public NDArray score(Discriminator discriminator, NDArray samples) {
        return discriminator.scores(judge(discriminator, samples));
    }

    /**
     * Runs a discriminator on samples under the conditions of the round.
     *
     * @param discriminator the discriminator
     * @param samples samples {@code (N, ...)}
     * @return all outputs of its block
     */
    public NDList judge(Discriminator discriminator, NDArray samples) {
        return forward(discriminator, discriminator.inputs(samples, getConditions()));
    }

    /**
     * Returns the generated samples of the round, through which gradients reach the generator.
     *
     * @return samples {@code (N, ...)}
     */
    public NDArray fake() {
        return generated("fake", this::generate);
    }

    /**
     * Returns the generated samples of the round as constants, for the discriminator's turn.
     *
     * @return samples {@code (N, ...)}
     */
    public NDArray detachedFake() {
        return detached("fake", this::generate);
    }

    /**
     * Returns what is generated under a name, through which gradients flow; computed once for all
     * players of the round, and again after a player's gradient has used the graph up.
     *
     * @param name the name
     * @param generate computes it
     * @return the array
     */
    public NDArray generated(String name, Supplier<NDArray> generate) {
        NDArray array = onTable(name, generate);
        return borrower == table.manager ? array : lent.computeIfAbsent(array, this::handle);
    }

    private NDArray onTable(String name, Supplier<NDArray> generate) {
        NDArray array = made.generated.get(name);
        if (array == null) {
            // Constants that the graph refers to live as long as the step.
            NDManager local = table.manager.newSubManager();
            array = compute(local, generate);
            made.generated.put(name, array);
            Autograd.forgetGraph(local);
        }
        return array;
    }

    /**
     * Returns what is generated under a name as a constant. Where the generator will move in this
     * round too, the computation is shared with {@link #generated}.
     *
     * @param name the name
     * @param generate computes it
     * @return the array, through which no gradient flows
     */
    public NDArray detached(String name, Supplier<NDArray> generate) {
        if (imagined) {
            return generated(name, generate);
        }
        NDArray constant = made.detached.get(name);
        if (constant == null) {
            boolean differentiable = table.shared || made.generated.containsKey(name);
            constant = differentiable ? onTable(name, generate).stopGradient() : constant(generate);
            made.detached.put(name, constant);
        }
        return lend(constant);
    }

    private NDArray constant(Supplier<NDArray> generate) {
        try (GradMode recording = GradMode.off();
                NDManager local = table.manager.newSubManager()) {
            return compute(local, generate);
        }
    }

    /** Computes an array for the whole step; what else comes up is attached to another manager. */
    private NDArray compute(NDManager local, Supplier<NDArray> computation) {
        NDManager before = borrower;
        Map<NDArray, NDArray> lentBefore = new IdentityHashMap<>(lent);
        borrower = local;
        lent.clear();
        try {
            NDArray result = computation.get();
            result.attach(table.manager);
            return result;
        } finally {
            borrower = before;
            lent.clear();
            lent.putAll(lentBefore);
        }
    }

    /** Returns an array of the table, without its graph, under the borrower's manager. */
    private NDArray lend(NDArray array) {
        return borrower == table.manager ? array : lent.computeIfAbsent(array, this::alias);
    }

    private NDArray alias(NDArray array) {
        NDArray alias = array.stopGradient();
        alias.attach(borrower);
        return alias;
    }

    private NDArray handle(NDArray array) {
        return Operators.handle(borrower, array);
    }

    private NDArray generate() {
        Generator generator = table.gan.requireGenerator();
        return generator.samples(
                forward(generator, generator.inputs(getLatents(), getConditions())));
    }

    /** Forgets the generated arrays whose graph a gradient has freed, but for their values. */
    void spendGraphs() {
        made.generated.forEach(
                (name, array) -> made.detached.computeIfAbsent(name, k -> array.stopGradient()));
        made.generated.clear();
    }
}
