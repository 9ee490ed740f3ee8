package io.github.gan4j;

import ai.djl.ndarray.NDList;
import io.github.gan4j.optim.Optimizer;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * A side of the game: one or more networks that share an objective and an optimiser.
 *
 * <p>A vanilla GAN has two players of one network each; a CycleGAN has two players as well, one
 * with both generators and one with both discriminators.
 */
public final class Player {

    /** What a player does, so that a strategy knows whom to move when. */
    public enum Role {
        /** Tells real samples from generated ones. */
        DISCRIMINATOR,
        /** Makes samples. */
        GENERATOR
    }

    private final String name;
    private final Role role;
    private final Map<String, Network> networks;
    private final Objective objective;
    private final Optimizer optimizer;
    private final double movingAverage;
    private final Consumer<NDList> constraint;

    private Player(Builder builder) {
        name = Objects.requireNonNull(builder.name, "A player needs a name.");
        role = Objects.requireNonNull(builder.role, "A player needs a role.");
        networks = Collections.unmodifiableMap(new LinkedHashMap<>(builder.networks));
        objective = Objects.requireNonNull(builder.objective, "A player needs an objective.");
        optimizer = Objects.requireNonNull(builder.optimizer, "A player needs an optimizer.");
        movingAverage = builder.movingAverage;
        constraint = builder.constraint;
        if (networks.isEmpty()) {
            throw new IllegalArgumentException("Player " + name + " has no network; add one.");
        }
        if (!(movingAverage >= 0 && movingAverage < 1)) {
            throw new InvalidInputException(
                    "The decay of the moving average is "
                            + movingAverage
                            + "; choose 0 (none) or a value below 1, for instance 0.999.");
        }
    }

    /**
     * Returns the name in logs and checkpoints.
     *
     * @return for instance {@code "generator"}
     */
    public String getName() {
        return name;
    }

    /**
     * Returns what the player does.
     *
     * @return the role
     */
    public Role getRole() {
        return role;
    }

    /**
     * Returns the networks that the player moves.
     *
     * @return the networks by name, in order
     */
    public Map<String, Network> getNetworks() {
        return networks;
    }

    /**
     * Returns what the player minimises.
     *
     * @return the objective
     */
    public Objective getObjective() {
        return objective;
    }

    /**
     * Returns how the player moves.
     *
     * @return the optimiser
     */
    public Optimizer getOptimizer() {
        return optimizer;
    }

    /**
     * Returns the decay of the moving average of the player's weights.
     *
     * @return 0 where none is kept
     */
    public double getMovingAverage() {
        return movingAverage;
    }

    /**
     * Returns what is done to the weights after each move.
     *
     * @return changes the trainable arrays in place, or leaves them
     */
    public Consumer<NDList> getConstraint() {
        return constraint;
    }

    /**
     * Starts to describe a player.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /** Describes a {@link Player}. */
    public static final class Builder {

        private final Map<String, Network> networks = new LinkedHashMap<>();
        private String name;
        private Role role;
        private Objective objective;
        private Optimizer optimizer;
        private double movingAverage;
        private Consumer<NDList> constraint = weights -> {};

        private Builder() {}

        /**
         * Sets the name in logs and checkpoints.
         *
         * @param name the name
         * @return this builder
         */
        public Builder setName(String name) {
            this.name = name;
            return this;
        }

        /**
         * Sets what the player does.
         *
         * @param role the role
         * @return this builder
         */
        public Builder setRole(Role role) {
            this.role = role;
            return this;
        }

        /**
         * Adds a network that the player moves.
         *
         * @param networkName the name in checkpoints, unique in the game
         * @param network the network
         * @return this builder
         */
        public Builder addNetwork(String networkName, Network network) {
            networks.put(networkName, network);
            return this;
        }

        /**
         * Sets what the player minimises.
         *
         * @param objective the objective
         * @return this builder
         */
        public Builder setObjective(Objective objective) {
            this.objective = objective;
            return this;
        }

        /**
         * Sets how the player moves.
         *
         * @param optimizer the optimiser, with its own learning rate
         * @return this builder
         */
        public Builder setOptimizer(Optimizer optimizer) {
            this.optimizer = optimizer;
            return this;
        }

        /**
         * Keeps an exponential moving average of the weights, which samples are then drawn from.
         *
         * @param decay 0 for none, else below 1, for instance 0.999; it ramps up from 0.1 over the
         *     first steps
         * @return this builder
         */
        public Builder optMovingAverage(double decay) {
            this.movingAverage = decay;
            return this;
        }

        /**
         * Constrains the weights after each move, as the clipping of the first Wasserstein GAN
         * does.
         *
         * @param constraint changes the trainable arrays in place; nothing unless set
         * @return this builder
         */
        public Builder optConstraint(Consumer<NDList> constraint) {
            this.constraint = constraint;
            return this;
        }

        /**
         * Builds the player.
         *
         * @return the player
         */
        public Player build() {
            return new Player(this);
        }
    }
}
