package io.github.gan4j;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.github.gan4j.nn.Precision;
import java.util.ArrayList;
import java.util.List;

/**
 * What a discriminator minimises: the loss over real and generated samples, the auxiliary terms,
 * and the penalties whose turn it is.
 */
public final class DiscriminatorObjective extends AdversarialObjective {

    private final List<Penalty> penalties;
    private final String label;

    private DiscriminatorObjective(Builder builder) {
        super(builder);
        penalties = List.copyOf(builder.penalties);
        label = builder.label;
        penalties.forEach(penalty -> penalty.check(discriminator));
    }

    /**
     * Starts to describe an objective.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public List<Component> getComponents() {
        List<Component> components = new ArrayList<>(super.getComponents());
        components.addAll(penalties);
        return components;
    }

    @Override
    public Terms evaluate(Round round) {
        Judgement judgement = judge(round);
        Terms terms = judgement.terms();
        // Penalties are exact, and must not compare an exact score with one that is not.
        Critic critic =
                Precision.current() == Precision.FLOAT32
                        ? judgement::score
                        : samples -> score(round, samples);
        penalties.forEach(penalty -> penalise(terms, penalty, round, critic));
        return terms;
    }

    /** Each penalty by itself, and the two halves of the loss if it has two. */
    @Override
    public List<Objective> getParts() {
        boolean entangled = penalties.stream().anyMatch(Penalty::readsScores);
        if (entangled) {
            return List.of(this);
        }
        List<Objective> parts = new ArrayList<>();
        if (loss instanceof SeparableLoss halves
                && auxiliaries.isEmpty()
                && !discriminator.isSampleWise()) {
            parts.add(round -> realHalf(halves, round));
            parts.add(round -> fakeHalf(halves, round));
        } else {
            parts.add(round -> judge(round).terms());
        }
        for (Penalty penalty : penalties) {
            parts.add(
                    round -> {
                        Terms terms = new Terms();
                        penalise(terms, penalty, round, x -> score(round, x));
                        return terms;
                    });
        }
        return parts;
    }

    private Terms realHalf(SeparableLoss halves, Round round) {
        NDArray scores = score(round, inputs.real(round));
        return addLoss(new Terms(), halves.realLoss(scores))
                .report(report("real"), loss.report(scores));
    }

    private Terms fakeHalf(SeparableLoss halves, Round round) {
        NDArray scores = score(round, inputs.detachedFake(round));
        return addLoss(new Terms(), halves.fakeLoss(scores))
                .report(report("fake"), loss.report(scores));
    }

    private String report(String kind) {
        return "D" + label + "(" + kind + ")";
    }

    private NDArray score(Round round, NDArray samples) {
        return discriminator.scores(judge(round, samples));
    }

    private void penalise(Terms terms, Penalty penalty, Round round, Critic scoring) {
        int interval = penalty.getInterval();
        if (round.getTurn() % interval != 0) {
            return;
        }
        Memory memory = round.getMemory().of(penalty.getName() + label);
        Critic critic =
                new Critic() {
                    @Override
                    public NDArray score(NDArray samples) {
                        return scoring.score(samples);
                    }

                    @Override
                    public int getPacking() {
                        return discriminator.getPacking();
                    }

                    @Override
                    public Memory getMemory() {
                        return memory;
                    }
                };
        NDArray value;
        try (Precision.Scope exact = Precision.FLOAT32.use()) {
            value = penalty.evaluate(critic, inputs.real(round), inputs.detachedFake(round));
        }
        if (value != null) {
            terms.add(penalty.getName(), scale(value, interval));
        }
    }

    /** Scores real and generated samples, together if that makes no difference. */
    private Judgement judge(Round round) {
        NDArray real = inputs.real(round);
        NDArray fake = inputs.detachedFake(round);
        if (!discriminator.isSampleWise() || !auxiliaries.isEmpty()) {
            return new Judgement(round, real, fake, judge(round, real), judge(round, fake));
        }
        NDList conditions = new NDList();
        inputs.conditions(round).forEach(c -> conditions.add(c.concat(c)));
        NDList both = discriminator.inputs(real.concat(fake), conditions);
        NDList scores = discriminator.scores(round.forward(discriminator, both)).split(2);
        return new Judgement(
                round, real, fake, new NDList(scores.get(0)), new NDList(scores.get(1)));
    }

    /** What the discriminator said of a round. */
    private final class Judgement {

        private final Round round;
        private final NDArray real;
        private final NDArray fake;
        private final NDList ofReal;
        private final NDList ofFake;

        Judgement(Round round, NDArray real, NDArray fake, NDList ofReal, NDList ofFake) {
            this.round = round;
            this.real = real;
            this.fake = fake;
            this.ofReal = ofReal;
            this.ofFake = ofFake;
        }

        Terms terms() {
            NDArray realScores = discriminator.scores(ofReal);
            NDArray fakeScores = discriminator.scores(ofFake);
            Terms terms = addLoss(new Terms(), loss.discriminatorLoss(realScores, fakeScores));
            for (Auxiliary auxiliary : auxiliaries) {
                terms.add(auxiliary.getName(), auxiliary.discriminatorTerm(round, ofReal, ofFake));
            }
            terms.report(report("real"), loss.report(realScores));
            terms.report(report("fake"), loss.report(fakeScores));
            return terms;
        }

        /** Knows the scores of the round's samples already. */
        NDArray score(NDArray samples) {
            if (samples == real) {
                return discriminator.scores(ofReal);
            }
            return samples == fake
                    ? discriminator.scores(ofFake)
                    : DiscriminatorObjective.this.score(round, samples);
        }
    }

    /** Describes a {@link DiscriminatorObjective}. */
    public static final class Builder extends CommonBuilder<Builder> {

        private final List<Penalty> penalties = new ArrayList<>();
        private String label = "";

        private Builder() {}

        @Override
        Builder self() {
            return this;
        }

        /**
         * Adds penalties.
         *
         * @param more the penalties
         * @return this builder
         */
        public Builder addPenalties(List<? extends Penalty> more) {
            penalties.addAll(more);
            return this;
        }

        /**
         * Sets what tells this discriminator apart from others of the game, in reports and in the
         * memory of penalties.
         *
         * @param label nothing unless set
         * @return this builder
         */
        public Builder optLabel(String label) {
            this.label = label;
            return this;
        }

        /**
         * Builds the objective.
         *
         * @return the objective
         * @throws InvalidInputException if the discriminator is none for a penalty
         */
        public DiscriminatorObjective build() {
            return new DiscriminatorObjective(this);
        }
    }
}
