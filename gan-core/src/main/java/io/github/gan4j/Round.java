package io.github.gan4j;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.training.dataset.Batch;
import io.github.gan4j.nn.Precision;
import io.github.gan4j.torch.GradMode;
import io.github.gan4j.torch.Operators;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * One batch of the game: real samples, their conditions, and the latents and generated samples that
 * the players share.
 *
 * <p>What is generated in a round lives until the end of the step; what is computed from the real
 * samples, or from generated ones as constants, until the end of the player's turn. DJL attaches
 * the result of an operation to the manager of its first operand, so each turn is lent operands
 * that are attached to a manager of its own.
 */
public final class Round {

    private final Gan gan;
    private final Batch batch;
    private final NDManager manager;
    private final Weights weights;
    private final Memory memory;
    private final long step;
    private final long index;
    private final boolean shared;
    private final Round real;
    private final Map<String, NDArray> generated = new HashMap<>();
    private final Map<String, NDArray> detached = new HashMap<>();
    private final Map<NDArray, NDArray> lent = new IdentityHashMap<>();
    private NDArray latents;
    private long turn;
    private NDManager borrower;

    Round(
            Gan gan,
            Batch batch,
            NDManager manager,
            Weights weights,
            Memory memory,
            long step,
            long index,
            boolean shared) {
        this.gan = gan;
        this.batch = batch;
        this.manager = manager;
        this.weights = weights;
        this.memory = memory;
        this.step = step;
        this.index = index;
        this.shared = shared;
        this.real = null;
    }

    /** Imagines a round: the same, but for the weights. */
    private Round(Round real, Weights weights) {
        this.gan = real.gan;
        this.batch = real.batch;
        this.manager = real.manager;
        this.weights = weights;
        this.memory = real.memory.readOnly();
        this.step = real.step;
        this.index = real.index;
        this.shared = true;
        this.real = real.real == null ? real : real.real;
    }

    /**
     * Imagines this round at other weights of some networks. Nothing is a constant there: gradients
     * flow through the given weights, and through what is generated also in the discriminator's
     * turn. What is computed lives until the end of the step.
     */
    Round at(Map<String, NDArray> replacements) {
        return new Round(this, weights.with(replacements));
    }

    boolean isImagined() {
        return real != null;
    }

    /**
     * Tells whether the generators move in this round too, after the discriminators, so that what
     * is generated for the latter had better be differentiable.
     *
     * @return whether {@link #detached} shares its computation with {@link #generated}
     */
    public boolean isShared() {
        return shared;
    }

    Weights getWeights() {
        return weights;
    }

    /**
     * Returns the manager for arrays that are made in this round.
     *
     * @return a manager that is closed at the end of the step
     */
    public NDManager getManager() {
        return manager;
    }

    /**
     * Returns the number of the step, counted from 0.
     *
     * @return the step
     */
    public long getStep() {
        return step;
    }

    /**
     * Returns the number of the round since the beginning of the training. It differs from the step
     * where a step plays several rounds.
     *
     * @return the number, counted from 0
     */
    public long getIndex() {
        return index;
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
        return batch;
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
        return lend(batch.getData().get(domain));
    }

    /**
     * Returns the conditions that both networks are fed.
     *
     * @return the labels of the batch in a conditional game, else an empty list
     */
    public NDList getConditions() {
        NDList conditions = new NDList();
        if (gan.isConditional()) {
            batch.getLabels().forEach(label -> conditions.add(lend(label)));
        }
        return conditions;
    }

    /**
     * Returns the latents of the round, drawn on the first call.
     *
     * @return latents {@code (N, ...)}
     */
    public NDArray getLatents() {
        if (real != null) {
            return real.getLatents();
        }
        if (latents == null) {
            latents =
                    gan.getLatents()
                            .sample(
                                    manager,
                                    Shapes.batch(
                                            batch.getData().get(0).getShape().get(0),
                                            gan.requireGenerator().getLatentShape()));
        }
        return lend(latents);
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
        if (real != null) {
            return real.generated(name, generate);
        }
        NDArray array = generated.get(name);
        if (array == null) {
            array = lendTo(manager, generate);
            array.attach(manager); // it may have been made of operands that were lent
            generated.put(name, array);
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
        if (real != null) {
            return real.generated(name, generate);
        }
        NDArray constant = detached.get(name);
        if (constant == null) {
            if (shared || generated.containsKey(name)) {
                constant = generated(name, generate).stopGradient();
            } else {
                constant = generateConstant(generate);
            }
            detached.put(name, constant);
        }
        return lend(constant);
    }

    private NDArray generateConstant(Supplier<NDArray> generate) {
        try (GradMode recording = GradMode.off();
                NDManager local = manager.newSubManager()) {
            NDArray constant = lendTo(local, generate);
            constant.attach(manager);
            return constant;
        }
    }

    /** Runs a player's turn, and frees what it computes from what the round lends it. */
    <T> T turn(Supplier<T> play) {
        if (isImagined()) {
            return play.get();
        }
        try (NDManager local = manager.newSubManager()) {
            return lendTo(local, play);
        }
    }

    private <T> T lendTo(NDManager next, Supplier<T> computation) {
        NDManager before = borrower;
        Map<NDArray, NDArray> lentBefore = new IdentityHashMap<>(lent);
        borrower = next;
        lent.clear();
        try {
            return computation.get();
        } finally {
            borrower = before;
            lent.clear();
            lent.putAll(lentBefore);
        }
    }

    /** Returns the array under the borrower's manager. */
    private NDArray lend(NDArray array) {
        if (borrower == null || borrower == manager) {
            return array;
        }
        return lent.computeIfAbsent(
                array,
                own -> {
                    NDArray alias = own.stopGradient();
                    alias.attach(borrower);
                    return alias;
                });
    }

    private NDArray generate() {
        Generator generator = gan.requireGenerator();
        return generator.samples(
                forward(generator, generator.inputs(getLatents(), getConditions())));
    }

    /** Tells whether another player's turn may still ask for the array. */
    boolean isGenerated(NDArray array) {
        return generated.values().stream().anyMatch(own -> own == array);
    }

    /** Forgets the generated arrays whose graph a gradient has freed, but for their values. */
    void spendGraphs() {
        if (real != null) {
            real.spendGraphs();
            return;
        }
        generated.forEach(
                (name, array) -> detached.computeIfAbsent(name, k -> array.stopGradient()));
        generated.clear();
    }
}
