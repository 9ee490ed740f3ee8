package io.github.gan4j;

import ai.djl.ndarray.NDArray;

/** The loss that the generator sees through the discriminator. */
final class GeneratorObjective implements Objective {

    private final Discriminator discriminator;
    private final Loss loss;

    GeneratorObjective(Discriminator discriminator, Loss loss) {
        this.discriminator = discriminator;
        this.loss = loss;
    }

    @Override
    public Terms evaluate(Round round) {
        NDArray realScores =
                loss.comparesScores() ? round.score(discriminator, round.getReal()) : null;
        NDArray fakeScores = round.score(discriminator, round.fake());
        return new Terms().add("loss", loss.generatorLoss(realScores, fakeScores));
    }
}
