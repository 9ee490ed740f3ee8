package io.github.gan4j;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.dataset.Dataset;
import io.github.gan4j.nn.Precision;
import io.github.gan4j.torch.GradMode;
import io.github.gan4j.torch.Torch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Trains any {@link Gan}: the one loop for all variants.
 *
 * <p>A step is a function of the weights, the optimisers' memory, the seed and the number of the
 * step; training 2N steps gives the same bytes as training N, restoring them elsewhere, and
 * training N more.
 *
 * <p>A trainer belongs to one thread; only {@link #stop()} may be called from another.
 */
public final class GanTrainer implements AutoCloseable {

    /** What the names of remembered arrays begin with among {@link #getArrays}. */
    public static final String MEMORY = "memory/";

    private final Gan gan;
    private final TrainingStrategy strategy;
    private final long seed;
    private final int batchSize;
    private final Precision precision;
    private final NDManager manager;
    private final Weights weights;
    private final BatchStream batches;
    private final List<TrainingListener> listeners;
    private final Map<Player, PlayerState> states = new LinkedHashMap<>();
    private final Weights samplingWeights;
    private final Memory memory;
    private double rate = 1;
    private long step;
    private volatile boolean stopRequested;

    private GanTrainer(Builder builder) {
        gan = Objects.requireNonNull(builder.gan, "A trainer needs a GAN: setGan(..)");
        Dataset dataset =
                Objects.requireNonNull(
                        builder.dataset, "A trainer needs a data set: setDataset(..)");
        strategy = builder.strategy == null ? gan.getStrategy() : builder.strategy;
        seed = builder.seed;
        batchSize = builder.batchSize;
        precision = builder.precision;
        listeners = new ArrayList<>(builder.listeners);
        Device device = Devices.require(builder.device);
        manager = Torch.newManager(device);
        manager.setName("gan trainer");
        memory = new Memory(manager);
        List<Parameter> fresh = uninitialised();
        try {
            strategy.check(gan);
            for (Network network : gan.getNetworks().values()) {
                if (network instanceof Discriminator discriminator) {
                    discriminator.checkBatchSize(batchSize);
                }
            }
            batches = new BatchStream(dataset, manager, batchSize, seed);
            initializeNetworks();
            gan.getNetworks().forEach((name, n) -> BatchNormCheck.check(name, n, batchSize));
            weights = new Weights(manager);
            Map<String, NDArray> averages = new LinkedHashMap<>();
            for (Player player : gan.getPlayers()) {
                PlayerState state = new PlayerState(player);
                states.put(player, state);
                averages.putAll(state.getAveragesById());
            }
            samplingWeights = new Weights(manager, averages);
        } catch (RuntimeException | Error e) {
            // Another trainer is to find them as this one did, and not with weights that are freed.
            fresh.forEach(Parameter::close);
            manager.close();
            throw e;
        }
    }

    /** Returns the parameters that have no weights yet. */
    private List<Parameter> uninitialised() {
        return gan.getNetworks().values().stream()
                .flatMap(network -> network.getBlock().getParameters().values().stream())
                .filter(parameter -> !parameter.isInitialized())
                .toList();
    }

    /** Draws the initial weights of each network from a stream of its own. */
    private void initializeNetworks() {
        try (GradMode recording = GradMode.off()) {
            long index = 0;
            for (Network network : gan.getNetworks().values()) {
                Torch.seed(Seeds.derive(seed, Seeds.WEIGHTS, index++));
                Block block = network.getBlock();
                if (!block.isInitialized()) {
                    Shape[] shapes = Shapes.batch(batchSize, network.getInputShapes());
                    block.initialize(manager, DataType.FLOAT32, shapes);
                }
            }
        }
    }

    /**
     * Trains until a number of steps is done.
     *
     * @param untilStep the number of steps since the very beginning
     * @throws NonFiniteTermException if training diverges
     */
    public void train(long untilStep) {
        try {
            listeners.forEach(listener -> listener.onStart(this, untilStep));
            while (step < untilStep && !stopRequested) {
                StepReport report = trainStep();
                listeners.forEach(listener -> listener.onStep(this, report));
            }
            listeners.forEach(listener -> listener.onEnd(this));
        } catch (RuntimeException | Error e) {
            listeners.forEach(listener -> listener.onFailure(this, e));
            throw e;
        } finally {
            stopRequested = false;
        }
    }

    private StepReport trainStep() {
        long start = System.nanoTime();
        Torch.seed(Seeds.derive(seed, Seeds.STEP, step));
        Map<String, Float> values;
        boolean norms = listeners.stream().anyMatch(l -> l.wantsGradientNorms(step + 1));
        // Outside of the scope, which would close what a data set keeps for its next batches.
        batches.drawAhead(strategy.getBatchesPerStep());
        // The scope catches what a block attaches to the manager of its weights by mistake.
        try (Precision.Scope compute = precision.use();
                NDManager stepManager = manager.newSubManager();
                NDScope scope = new NDScope();
                GameStep game =
                        new GameStep(
                                gan,
                                seed,
                                step,
                                batches,
                                weights,
                                memory,
                                rate,
                                states,
                                stepManager,
                                norms)) {
            strategy.step(game);
            values = game.getValues();
        }
        step++;
        double milliseconds = (System.nanoTime() - start) / 1e6;
        return new StepReport(step, batches.getEpoch(), values, milliseconds);
    }

    /**
     * Adds a listener.
     *
     * @param listener the listener; listeners are called in the order in which they were added
     */
    public void addListener(TrainingListener listener) {
        listeners.add(listener);
    }

    /**
     * Asks a training to end after the step in progress, or the next one to end at once; may be
     * called from any thread.
     */
    public void stop() {
        stopRequested = true;
    }

    /**
     * Generates samples from given latents, with the moving average of the weights where one is
     * kept, in inference mode.
     *
     * @param latents latents {@code (N, ...)}
     * @param conditions the conditions of each sample; empty in a game without
     * @return samples {@code (N, ...)}, attached to the manager of the latents
     */
    public NDArray generate(NDArray latents, NDList conditions) {
        return run(gan.requireGenerator(), latents, conditions);
    }

    /**
     * Translates pictures, with the moving average of the weights where one is kept, in inference
     * mode.
     *
     * @param direction which way
     * @param pictures pictures of the one domain {@code (N, C, H, W)}
     * @return pictures of the other domain {@code (N, C, H, W)}, attached to the manager of the
     *     given ones
     * @throws InvalidInputException if the game does not translate that way
     */
    public NDArray translate(Direction direction, NDArray pictures) {
        Generator translator = gan.getTranslators().get(direction);
        if (translator == null) {
            throw new InvalidInputException(
                    "The game does not translate %s; directions are %s."
                            .formatted(direction, gan.getTranslators().keySet()));
        }
        return run(translator, pictures, new NDList());
    }

    private NDArray run(Generator generator, NDArray input, NDList conditions) {
        try (GradMode recording = GradMode.off()) {
            NDList inputs = generator.inputs(input, conditions);
            return generator.samples(generator.getBlock().forward(samplingWeights, inputs, false));
        }
    }

    /**
     * Draws latents that depend on nothing but the seed of the run and a purpose.
     *
     * @param target the manager that the latents are attached to
     * @param count how many
     * @param purpose for instance {@link Seeds#SAMPLES}
     * @return latents {@code (count, ...)}
     */
    public NDArray drawLatents(NDManager target, int count, long purpose) {
        Torch.seed(Seeds.derive(seed, purpose));
        Shape shape = Shapes.batch(count, gan.requireGenerator().getLatentShape());
        return gan.getLatents().sample(target, shape);
    }

    /**
     * Returns the game.
     *
     * @return the game
     */
    public Gan getGan() {
        return gan;
    }

    /**
     * Returns the manager that owns the weights.
     *
     * @return the manager, on the trainer's device
     */
    public NDManager getManager() {
        return manager;
    }

    /**
     * Returns the number of steps done.
     *
     * @return the steps, those before a restored checkpoint included
     */
    public long getStep() {
        return step;
    }

    /**
     * Returns the number of epochs done.
     *
     * @return the epochs
     */
    public long getEpoch() {
        return batches.getEpoch();
    }

    /**
     * Returns the number of batches in an epoch.
     *
     * @return the batches, or 0 while it is not known of a data set without random access
     */
    public long getBatchesPerEpoch() {
        return batches.getBatchesPerEpoch();
    }

    /**
     * Returns the number of samples in a batch.
     *
     * @return the batch size
     */
    public int getBatchSize() {
        return batchSize;
    }

    /**
     * Returns the seed of the run.
     *
     * @return the seed
     */
    public long getSeed() {
        return seed;
    }

    /**
     * Returns what samples are drawn with: the moving average of the weights where one is kept.
     *
     * @return the weights
     */
    public Weights getSamplingWeights() {
        return samplingWeights;
    }

    /**
     * Returns every array that the next step depends on: weights, moving averages, and the memory
     * of the optimisers. Writing into them, and {@link #restoreCounters}, restores a checkpoint.
     *
     * @return arrays by name
     */
    public Map<String, NDArray> getArrays() {
        Map<String, NDArray> arrays = new LinkedHashMap<>();
        states.forEach((player, state) -> arrays.putAll(state.getArrays(player.getName())));
        memory.getArrays().forEach((name, array) -> arrays.put(MEMORY + name, array));
        return arrays;
    }

    /**
     * Returns what the game remembers from step to step, which {@link #getArrays} holds under names
     * that begin with {@link #MEMORY}.
     *
     * @return the memory
     */
    public Memory getMemory() {
        return memory;
    }

    /**
     * Changes the learning rates of all players by a factor, from the next step on. Checkpoints
     * hold it.
     *
     * @param factor 1 for the rates as they are set
     */
    public void setRate(double factor) {
        this.rate = factor;
    }

    /**
     * Returns the factor of the learning rates of all players.
     *
     * @return 1 unless it was changed
     */
    public double getRate() {
        return rate;
    }

    /**
     * Returns every number that the next step depends on.
     *
     * @return numbers by name: the step, the batches drawn, the updates of each player
     */
    public Map<String, Long> getCounters() {
        Map<String, Long> counters = new LinkedHashMap<>();
        counters.put("step", step);
        counters.put("rate bits", Double.doubleToRawLongBits(rate));
        counters.put("batches", batches.getPosition());
        states.forEach(
                (player, state) -> {
                    counters.put(updatesOf(player), state.getUpdates());
                    counters.put(movesOf(player), state.getMoves());
                });
        return counters;
    }

    /**
     * Restores what {@link #getCounters} returned.
     *
     * @param counters numbers by name
     */
    public void restoreCounters(Map<String, Long> counters) {
        step = counters.get("step");
        rate = Double.longBitsToDouble(counters.get("rate bits"));
        batches.setPosition(counters.get("batches"));
        states.forEach(
                (player, state) -> {
                    state.setUpdates(counters.get(updatesOf(player)));
                    state.setMoves(counters.get(movesOf(player)));
                });
    }

    private static String updatesOf(Player player) {
        return "updates/" + player.getName();
    }

    private static String movesOf(Player player) {
        return "moves/" + player.getName();
    }

    /** Frees the weights and all else; the blocks of the game can be used no more. */
    @Override
    public void close() {
        batches.close();
        gan.getNetworks().values().forEach(network -> network.getBlock().clear());
        manager.close();
    }

    /**
     * Starts to describe a trainer.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /** Describes a {@link GanTrainer}. */
    public static final class Builder {

        private final List<TrainingListener> listeners = new ArrayList<>();
        private Gan gan;
        private Dataset dataset;
        private TrainingStrategy strategy;
        private long seed;
        private int batchSize = 64;
        private Device device = Device.cpu();
        private Precision precision = Precision.FLOAT32;

        private Builder() {}

        /**
         * Sets the game.
         *
         * @param gan the game, whose networks the trainer initialises unless they are initialised
         * @return this builder
         */
        public Builder setGan(Gan gan) {
            this.gan = gan;
            return this;
        }

        /**
         * Sets the data set.
         *
         * @param dataset any data set whose batches hold samples {@code (N, ...)} as their data; a
         *     {@link ai.djl.training.dataset.RandomAccessDataset} is shuffled by seed and epoch
         * @return this builder
         */
        public Builder setDataset(Dataset dataset) {
            this.dataset = dataset;
            return this;
        }

        /**
         * Sets how the players take turns.
         *
         * @param strategy the strategy, that of the game unless set
         * @return this builder
         */
        public Builder optStrategy(TrainingStrategy strategy) {
            this.strategy = strategy;
            return this;
        }

        /**
         * Sets the seed that everything random is derived from.
         *
         * @param seed 0 unless set
         * @return this builder
         */
        public Builder optSeed(long seed) {
            this.seed = seed;
            return this;
        }

        /**
         * Sets the number of samples in a batch.
         *
         * @param batchSize 64 unless set
         * @return this builder
         */
        public Builder optBatchSize(int batchSize) {
            this.batchSize = batchSize;
            return this;
        }

        /**
         * Sets where the game is played.
         *
         * @param device a CPU or one GPU; the CPU unless set
         * @return this builder
         */
        public Builder optDevice(Device device) {
            this.device = device;
            return this;
        }

        /**
         * Sets the precision in which layers compute in training. Penalties, which need gradients
         * of gradients, compute in float32 all the same.
         *
         * @param precision {@link Precision#FLOAT32} unless set
         * @return this builder
         */
        public Builder optPrecision(Precision precision) {
            this.precision = precision;
            return this;
        }

        /**
         * Adds a listener.
         *
         * @param listener the listener; listeners are called in the order in which they were added
         * @return this builder
         */
        public Builder addListener(TrainingListener listener) {
            listeners.add(listener);
            return this;
        }

        /**
         * Builds the trainer and initialises the networks.
         *
         * @return the trainer
         * @throws InvalidInputException if the device is not there, or the batch size does not fit
         *     the data set or the networks
         */
        public GanTrainer build() {
            return new GanTrainer(this);
        }
    }
}
