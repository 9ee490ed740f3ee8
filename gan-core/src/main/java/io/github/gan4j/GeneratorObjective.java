package io.github.gan4j;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.List;

/** The loss that the generator sees through the discriminator, and the auxiliary terms. */
final class GeneratorObjective implements Objective {

    private final Discriminator discriminator;
    private final Loss loss;
    private final List<Auxiliary> auxiliaries;

    GeneratorObjective(Discriminator discriminator, Loss loss, List<Auxiliary> auxiliaries) {
        this.discriminator = discriminator;
        this.loss = loss;
        this.auxiliaries = List.copyOf(auxiliaries);
    }

    @Override
    public Terms evaluate(Round round) {
        NDArray realScores =
                loss.comparesScores() ? round.score(discriminator, round.getReal()) : null;
        NDList fake = round.judge(discriminator, round.fake());
        Terms terms = new Terms();
        terms.add("loss", loss.generatorLoss(realScores, discriminator.scores(fake)));
        for (Auxiliary auxiliary : auxiliaries) {
            terms.add(auxiliary.getName(), auxiliary.generatorTerm(round, fake));
        }
        return terms;
    }
}
