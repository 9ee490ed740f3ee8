package io.github.gan4j;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * What a generator minimises: the loss that it sees through a discriminator, the auxiliary terms,
 * and terms that know what the samples should be.
 */
public final class GeneratorObjective extends AdversarialObjective {

    private final List<Term> terms;

    private GeneratorObjective(Builder builder) {
        super(builder);
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
        NDArray fakeScores = discriminator.scores(fake);
        Terms sum = addLoss(new Terms(), loss.generatorLoss(realScores, fakeScores));
        for (Auxiliary auxiliary : auxiliaries) {
            sum.add(auxiliary.getName(), auxiliary.generatorTerm(round, fake));
        }
        for (Term term : terms) {
            sum.add(term.name(), scale(term.value().apply(round), term.weight()));
        }
        return sum;
    }

    /** Describes a {@link GeneratorObjective}. */
    public static final class Builder extends CommonBuilder<Builder> {

        private final List<Term> terms = new ArrayList<>();

        private Builder() {}

        @Override
        Builder self() {
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
