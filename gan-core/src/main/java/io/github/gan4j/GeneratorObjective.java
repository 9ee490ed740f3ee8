package io.github.gan4j;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.github.gan4j.torch.Operators;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/**
 * What a generator minimises: the loss that it sees through a discriminator, the auxiliary terms,
 * and terms that know what the samples should be.
 */
public final class GeneratorObjective implements Objective {

    private final Discriminator discriminator;
    private final DiscriminatorInputs inputs;
    private final Loss loss;
    private final float weight;
    private final List<Auxiliary> auxiliaries;
    private final List<Term> terms;

    private GeneratorObjective(Builder builder) {
        discriminator =
                Objects.requireNonNull(builder.discriminator, "An objective needs a discriminator");
        inputs = builder.inputs;
        loss = Objects.requireNonNull(builder.loss, "An objective needs a loss.");
        weight = builder.weight;
        auxiliaries = List.copyOf(builder.auxiliaries);
        terms = List.copyOf(builder.terms);
    }

    /** A term that is no business of the discriminator's. */
    private record Term(String name, float weight, Function<Round, NDArray> value) {}

    /**
     * Starts to describe an objective.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public Terms evaluate(Round round) {
        NDArray realScores =
                loss.comparesScores()
                        ? discriminator.scores(judge(round, inputs.real(round)))
                        : null;
        NDList fake = judge(round, inputs.fake(round));
        Terms sum = new Terms();
        sum.add("loss", scale(loss.generatorLoss(realScores, discriminator.scores(fake)), weight));
        for (Auxiliary auxiliary : auxiliaries) {
            sum.add(auxiliary.getName(), auxiliary.generatorTerm(round, fake));
        }
        for (Term term : terms) {
            sum.add(term.name(), scale(term.value().apply(round), term.weight()));
        }
        return sum;
    }

    private NDList judge(Round round, NDArray samples) {
        return round.forward(
                discriminator, discriminator.inputs(samples, inputs.conditions(round)));
    }

    private static NDArray scale(NDArray value, float weight) {
        return weight == 1 ? value : Operators.scale(value, weight);
    }

    /** Describes a {@link GeneratorObjective}. */
    public static final class Builder {

        private final List<Auxiliary> auxiliaries = new ArrayList<>();
        private final List<Term> terms = new ArrayList<>();
        private Discriminator discriminator;
        private DiscriminatorInputs inputs = DiscriminatorInputs.DEFAULT;
        private Loss loss;
        private float weight = 1;

        private Builder() {}

        /**
         * Sets the discriminator that the samples are scored by.
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
         * @param loss the loss
         * @return this builder
         */
        public Builder setLoss(Loss loss) {
            this.loss = loss;
            return this;
        }

        /**
         * Sets what the discriminator is shown.
         *
         * @param inputs {@link DiscriminatorInputs#DEFAULT} unless set
         * @return this builder
         */
        public Builder optInputs(DiscriminatorInputs inputs) {
            this.inputs = inputs;
            return this;
        }

        /**
         * Sets the weight of the loss, but not of the other terms.
         *
         * @param weight 1 unless set
         * @return this builder
         */
        public Builder optWeight(double weight) {
            this.weight = (float) weight;
            return this;
        }

        /**
         * Adds tasks that both players share.
         *
         * @param more the tasks
         * @return this builder
         */
        public Builder addAuxiliaries(List<? extends Auxiliary> more) {
            auxiliaries.addAll(more);
            return this;
        }

        /**
         * Adds a term that the discriminator has no part in, such as the distance to the truth.
         *
         * @param name the name in logs
         * @param termWeight what the value is multiplied by
         * @param value computes a scalar of the round
         * @return this builder
         */
        public Builder addTerm(String name, double termWeight, Function<Round, NDArray> value) {
            terms.add(new Term(name, (float) termWeight, value));
            return this;
        }

        /**
         * Builds the objective.
         *
         * @return the objective
         */
        public GeneratorObjective build() {
            return new GeneratorObjective(this);
        }
    }
}
