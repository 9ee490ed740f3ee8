package io.github.gan4j;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.github.gan4j.torch.Operators;
import java.util.List;

/** The loss over real and generated samples, and the penalties whose turn it is. */
final class DiscriminatorObjective implements Objective {

    private final Discriminator discriminator;
    private final Loss loss;
    private final List<Penalty> penalties;

    DiscriminatorObjective(Discriminator discriminator, Loss loss, List<Penalty> penalties) {
        this.discriminator = discriminator;
        this.loss = loss;
        this.penalties = List.copyOf(penalties);
    }

    @Override
    public Terms evaluate(Round round) {
        NDArray real = round.getReal();
        NDArray fake = round.detachedFake();
        NDList scores = score(round, real, fake);
        NDArray realScores = scores.get(0);
        NDArray fakeScores = scores.get(1);
        Terms terms = new Terms();
        terms.add("loss", loss.discriminatorLoss(realScores, fakeScores));
        for (Penalty penalty : penalties) {
            int interval = penalty.getInterval();
            if (round.getStep() % interval == 0) {
                NDArray value = penalty.evaluate(x -> round.score(discriminator, x), real, fake);
                terms.add(
                        penalty.getName(),
                        interval == 1 ? value : Operators.scale(value, interval));
            }
        }
        terms.report("D(real)", loss.report(realScores));
        terms.report("D(fake)", loss.report(fakeScores));
        return terms;
    }

    private NDList score(Round round, NDArray real, NDArray fake) {
        if (!discriminator.isSampleWise()) {
            return new NDList(round.score(discriminator, real), round.score(discriminator, fake));
        }
        NDList conditions = new NDList();
        round.getConditions().forEach(c -> conditions.add(c.concat(c)));
        NDList inputs = discriminator.inputs(real.concat(fake), conditions);
        return discriminator.scores(round.forward(discriminator, inputs)).split(2);
    }
}
