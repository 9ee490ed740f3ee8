package io.github.gan4j;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.github.gan4j.nn.Precision;
import io.github.gan4j.torch.Operators;
import java.util.ArrayList;
import java.util.List;

/**
 * The loss over real and generated samples, the auxiliary terms, and the penalties whose turn it
 * is.
 */
final class DiscriminatorObjective implements Objective {

    private static final String LOSS = "loss";

    private final Discriminator discriminator;
    private final Loss loss;
    private final List<Penalty> penalties;
    private final List<Auxiliary> auxiliaries;

    DiscriminatorObjective(
            Discriminator discriminator,
            Loss loss,
            List<Penalty> penalties,
            List<Auxiliary> auxiliaries) {
        this.discriminator = discriminator;
        this.loss = loss;
        this.penalties = List.copyOf(penalties);
        this.auxiliaries = List.copyOf(auxiliaries);
    }

    @Override
    public Terms evaluate(Round round) {
        Judgement judgement = judge(round);
        Terms terms = judgement.terms();
        penalties.forEach(penalty -> penalise(terms, penalty, round, judgement::score));
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
                        penalise(terms, penalty, round, x -> round.score(discriminator, x));
                        return terms;
                    });
        }
        return parts;
    }

    private Terms realHalf(SeparableLoss halves, Round round) {
        NDArray scores = round.score(discriminator, round.getReal());
        return new Terms()
                .add(LOSS, halves.realLoss(scores))
                .report("D(real)", loss.report(scores));
    }

    private Terms fakeHalf(SeparableLoss halves, Round round) {
        NDArray scores = round.score(discriminator, round.detachedFake());
        return new Terms()
                .add(LOSS, halves.fakeLoss(scores))
                .report("D(fake)", loss.report(scores));
    }

    private void penalise(Terms terms, Penalty penalty, Round round, Critic scoring) {
        int interval = penalty.getInterval();
        if (round.getTurn() % interval != 0) {
            return;
        }
        Memory memory = round.getMemory().of(penalty.getName());
        Critic critic =
                new Critic() {
                    @Override
                    public NDArray score(NDArray samples) {
                        return scoring.score(samples);
                    }

                    @Override
                    public Memory getMemory() {
                        return memory;
                    }
                };
        NDArray value;
        try (Precision.Scope exact = Precision.FLOAT32.use()) {
            value = penalty.evaluate(critic, round.getReal(), round.detachedFake());
        }
        if (value != null) {
            NDArray scaled = interval == 1 ? value : Operators.scale(value, interval);
            terms.add(penalty.getName(), scaled);
        }
    }

    /** Scores real and generated samples, together if that makes no difference. */
    private Judgement judge(Round round) {
        NDArray real = round.getReal();
        NDArray fake = round.detachedFake();
        if (!discriminator.isSampleWise() || !auxiliaries.isEmpty()) {
            return new Judgement(
                    round,
                    real,
                    fake,
                    round.judge(discriminator, real),
                    round.judge(discriminator, fake));
        }
        NDList conditions = new NDList();
        round.getConditions().forEach(c -> conditions.add(c.concat(c)));
        NDList inputs = discriminator.inputs(real.concat(fake), conditions);
        NDList scores = discriminator.scores(round.forward(discriminator, inputs)).split(2);
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
            Terms terms = new Terms();
            terms.add(LOSS, loss.discriminatorLoss(realScores, fakeScores));
            for (Auxiliary auxiliary : auxiliaries) {
                terms.add(auxiliary.getName(), auxiliary.discriminatorTerm(round, ofReal, ofFake));
            }
            terms.report("D(real)", loss.report(realScores));
            terms.report("D(fake)", loss.report(fakeScores));
            return terms;
        }

        /** Knows the scores of the round's samples already. */
        NDArray score(NDArray samples) {
            if (samples == real) {
                return discriminator.scores(ofReal);
            }
            return samples == fake
                    ? discriminator.scores(ofFake)
                    : round.score(discriminator, samples);
        }
    }
}
