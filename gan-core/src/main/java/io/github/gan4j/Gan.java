package io.github.gan4j;

import io.github.gan4j.loss.NonSaturatingLoss;
import io.github.gan4j.optim.Adam;
import io.github.gan4j.optim.Optimizer;
import io.github.gan4j.strategy.AlternatingStrategy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A game: its players, the latents that they play with, and the strategy by which they take turns.
 *
 * <p>Most games are one generator against one discriminator, and are built of a loss and penalties:
 *
 * <pre>{@code
 * Gan gan = Gan.builder()
 *         .setGenerator(generator)
 *         .setDiscriminator(discriminator)
 *         .optLoss(new HingeLoss())
 *         .addPenalty(new R1Penalty(10))
 *         .build();
 * }</pre>
 *
 * <p>Others, with more networks or other objectives, are built of {@link Player}s with {@link
 * #ofPlayers}.
 */
public final class Gan {

    private final List<Player> players;
    private final Generator generator;
    private final Discriminator discriminator;
    private final Latents latents;
    private final boolean conditional;
    private final TrainingStrategy strategy;
    private final List<Component> components;
    private final Map<Direction, Generator> translators;

    private Gan(
            List<Player> players,
            Generator generator,
            Discriminator discriminator,
            Latents latents,
            boolean conditional,
            TrainingStrategy strategy,
            Map<Direction, Generator> translators) {
        this.players = List.copyOf(players);
        this.generator = generator;
        this.discriminator = discriminator;
        this.latents = latents;
        this.conditional = conditional;
        this.strategy = strategy;
        this.components =
                players.stream()
                        .flatMap(player -> player.getObjective().getComponents().stream())
                        .distinct()
                        .toList();
        this.translators = Collections.unmodifiableMap(new LinkedHashMap<>(translators));
        getNetworks(); // refuses equal names
    }

    /** Refuses parts that do not go together. */
    private Gan checked() {
        components.forEach(component -> component.check(this));
        strategy.check(this);
        return this;
    }

    /**
     * Makes a game of any players.
     *
     * @param strategy how they take turns
     * @param players the players
     * @return the game; it has no {@link #getGenerator()}
     * @throws InvalidInputException if its parts do not go together
     */
    public static Gan ofPlayers(TrainingStrategy strategy, Player... players) {
        return ofTranslation(strategy, Map.of(), players);
    }

    /**
     * Makes a game of any players whose generators translate between two domains.
     *
     * @param strategy how the players take turns
     * @param translators the generators, which are networks of the players, by what they do; each
     *     takes pictures of one domain in place of latents, and makes pictures of the other
     * @param players the players
     * @return the game; its batches hold two data arrays, domain A and domain B, and it has no
     *     {@link #getGenerator()}
     * @throws InvalidInputException if its parts do not go together
     */
    public static Gan ofTranslation(
            TrainingStrategy strategy, Map<Direction, Generator> translators, Player... players) {
        return new Gan(List.of(players), null, null, Latents.NORMAL, false, strategy, translators)
                .checked();
    }

    /**
     * Starts to describe a game of one generator against one discriminator.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Returns all players.
     *
     * @return the players
     */
    public List<Player> getPlayers() {
        return players;
    }

    /**
     * Returns the players of a role.
     *
     * @param role the role
     * @return the players that have it
     */
    public List<Player> getPlayers(Player.Role role) {
        return players.stream().filter(p -> p.getRole() == role).toList();
    }

    /**
     * Returns the networks of all players.
     *
     * @return the networks by name
     */
    public Map<String, Network> getNetworks() {
        Map<String, Network> networks = new LinkedHashMap<>();
        for (Player player : players) {
            player.getNetworks()
                    .forEach(
                            (name, network) -> {
                                if (networks.put(name, network) != null) {
                                    throw new IllegalArgumentException(
                                            "Two networks are called "
                                                    + name
                                                    + "; give each a name of its own.");
                                }
                            });
        }
        return Collections.unmodifiableMap(networks);
    }

    /**
     * Returns the generator that draws from latents.
     *
     * @return the generator, or {@code null} in a game made {@link #ofPlayers}
     */
    public Generator getGenerator() {
        return generator;
    }

    /**
     * Returns the generators that translate pictures of one domain to another.
     *
     * @return the generators by direction, the first direction first; empty in a game of latents
     */
    public Map<Direction, Generator> getTranslators() {
        return translators;
    }

    /** Returns the generator, or says why there is none. */
    Generator requireGenerator() {
        if (generator == null) {
            throw new IllegalStateException(
                    "A game made of players has no generator that draws from latents; run its"
                            + " networks with round.forward(..).");
        }
        return generator;
    }

    /**
     * Returns the discriminator.
     *
     * @return the discriminator, or {@code null} in a game made {@link #ofPlayers}
     */
    public Discriminator getDiscriminator() {
        return discriminator;
    }

    /**
     * Returns the distribution of the latents.
     *
     * @return the distribution
     */
    public Latents getLatents() {
        return latents;
    }

    /**
     * Tells whether the labels of the data set are conditions of the game.
     *
     * @return {@code true} if both networks are fed the labels
     */
    public boolean isConditional() {
        return conditional;
    }

    /**
     * Returns the ideas that the objectives of all players are made of.
     *
     * @return losses, penalties and auxiliaries, each once; an objective of one's own may name none
     */
    public List<Component> getComponents() {
        return components;
    }

    /**
     * Returns the penalties of the discriminators.
     *
     * @return those among the components
     */
    public List<Penalty> getPenalties() {
        return components.stream()
                .filter(Penalty.class::isInstance)
                .map(Penalty.class::cast)
                .toList();
    }

    /**
     * Returns how the players take turns.
     *
     * @return the strategy
     */
    public TrainingStrategy getStrategy() {
        return strategy;
    }

    /** Describes a game of one generator against one discriminator. */
    public static final class Builder {

        /** The name of the generator's player and network. */
        private static final String GENERATOR = "generator";

        /** The name of the discriminator's player and network. */
        private static final String DISCRIMINATOR = "discriminator";

        private final List<Penalty> penalties = new ArrayList<>();
        private final List<Auxiliary> auxiliaries = new ArrayList<>();
        private Generator generator;
        private Discriminator discriminator;
        private Loss loss = new NonSaturatingLoss();
        private Optimizer generatorOptimizer = Adam.builder().build();
        private Optimizer discriminatorOptimizer = Adam.builder().build();
        private double movingAverage;
        private Latents latents = Latents.NORMAL;
        private boolean conditional;
        private TrainingStrategy strategy = new AlternatingStrategy();

        private Builder() {}

        /**
         * Sets the generator.
         *
         * @param generator the generator
         * @return this builder
         */
        public Builder setGenerator(Generator generator) {
            this.generator = generator;
            return this;
        }

        /**
         * Sets the discriminator.
         *
         * @param discriminator the discriminator
         * @return this builder
         */
        public Builder setDiscriminator(Discriminator discriminator) {
            this.discriminator = discriminator;
            return this;
        }

        /**
         * Sets the loss.
         *
         * @param loss the loss, non-saturating unless set
         * @return this builder
         */
        public Builder optLoss(Loss loss) {
            this.loss = loss;
            return this;
        }

        /**
         * Adds a penalty to the discriminator's objective.
         *
         * @param penalty the penalty
         * @return this builder
         */
        public Builder addPenalty(Penalty penalty) {
            penalties.add(penalty);
            return this;
        }

        /**
         * Adds a task that both players share.
         *
         * @param auxiliary the task
         * @return this builder
         */
        public Builder addAuxiliary(Auxiliary auxiliary) {
            auxiliaries.add(auxiliary);
            return this;
        }

        /**
         * Sets the optimiser of the generator.
         *
         * @param optimizer the optimiser, Adam with the defaults of DCGAN unless set
         * @return this builder
         */
        public Builder optGeneratorOptimizer(Optimizer optimizer) {
            this.generatorOptimizer = optimizer;
            return this;
        }

        /**
         * Sets the optimiser of the discriminator.
         *
         * @param optimizer the optimiser, Adam with the defaults of DCGAN unless set
         * @return this builder
         */
        public Builder optDiscriminatorOptimizer(Optimizer optimizer) {
            this.discriminatorOptimizer = optimizer;
            return this;
        }

        /**
         * Keeps a moving average of the generator's weights, which samples are then drawn from.
         *
         * @param decay 0 for none, else below 1, for instance 0.999
         * @return this builder
         */
        public Builder optMovingAverage(double decay) {
            this.movingAverage = decay;
            return this;
        }

        /**
         * Sets the distribution of the latents.
         *
         * @param latents the distribution, standard normal unless set
         * @return this builder
         */
        public Builder optLatents(Latents latents) {
            this.latents = latents;
            return this;
        }

        /**
         * Feeds the labels of the data set to both networks.
         *
         * @param conditional {@code false} unless set
         * @return this builder
         */
        public Builder optConditional(boolean conditional) {
            this.conditional = conditional;
            return this;
        }

        /**
         * Sets how the players take turns.
         *
         * @param strategy the strategy, one step each in turn unless set
         * @return this builder
         */
        public Builder optStrategy(TrainingStrategy strategy) {
            this.strategy = strategy;
            return this;
        }

        /**
         * Builds the game.
         *
         * @return the game
         * @throws InvalidInputException if its parts do not go together
         */
        public Gan build() {
            Objects.requireNonNull(generator, "A GAN needs a generator: setGenerator(..)");
            Objects.requireNonNull(
                    discriminator, "A GAN needs a discriminator: setDiscriminator(..)");
            Player critic =
                    Player.builder()
                            .setName(DISCRIMINATOR)
                            .setRole(Player.Role.DISCRIMINATOR)
                            .addNetwork(DISCRIMINATOR, discriminator)
                            .setObjective(
                                    DiscriminatorObjective.builder()
                                            .setDiscriminator(discriminator)
                                            .setLoss(loss)
                                            .addPenalties(penalties)
                                            .addAuxiliaries(auxiliaries)
                                            .build())
                            .setOptimizer(discriminatorOptimizer)
                            .optConstraint(weights -> penalties.forEach(p -> p.constrain(weights)))
                            .build();
            Player artist =
                    Player.builder()
                            .setName(GENERATOR)
                            .setRole(Player.Role.GENERATOR)
                            .addNetwork(GENERATOR, generator)
                            .setObjective(
                                    GeneratorObjective.builder()
                                            .setDiscriminator(discriminator)
                                            .setLoss(loss)
                                            .addAuxiliaries(auxiliaries)
                                            .build())
                            .setOptimizer(generatorOptimizer)
                            .optMovingAverage(movingAverage)
                            .build();
            return new Gan(
                            List.of(critic, artist),
                            generator,
                            discriminator,
                            latents,
                            conditional,
                            strategy,
                            Map.of())
                    .checked();
        }
    }
}
