package io.github.gan4j;

import ai.djl.ndarray.NDArray;
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
        NDArray realScores = round.score(discriminator, real);
        NDArray fakeScores = round.score(discriminator, fake);
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
}
