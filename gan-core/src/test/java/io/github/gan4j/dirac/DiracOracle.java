package io.github.gan4j.dirac;

import io.github.gan4j.dirac.DiracForms.LossForm;
import io.github.gan4j.dirac.DiracForms.Pair;
import io.github.gan4j.dirac.DiracForms.PenaltyForm;
import java.util.function.Consumer;

/**
 * The Dirac-GAN in closed form, in double precision: the generator is the point theta, the data the
 * point c, the discriminator the line psi x. A loss L(x, y) of the scores x = psi c and y = psi
 * theta has the slope c L_x + theta L_y by psi, and psi L_y by theta.
 */
final class DiracOracle {

    private final double rate;
    private final double data;
    private final LossForm loss;
    private final PenaltyForm penalty;
    private final int interval;
    private final double bound;
    private double theta;
    private double psi;
    private long moves;
    private boolean imagining;

    /**
     * Constructs the game.
     *
     * @param rate the learning rate of both players
     * @param data where the data are
     * @param loss the loss
     * @param penalty the penalty
     * @param interval the penalty's interval
     * @param bound what psi may not exceed after a move
     */
    DiracOracle(
            double rate,
            double data,
            LossForm loss,
            PenaltyForm penalty,
            int interval,
            double bound) {
        this.rate = rate;
        this.data = data;
        this.loss = loss;
        this.penalty = penalty;
        this.interval = interval;
        this.bound = bound;
    }

    double getData() {
        return data;
    }

    double getTheta() {
        return theta;
    }

    double getPsi() {
        return psi;
    }

    boolean isImagining() {
        return imagining;
    }

    void place(double newTheta, double newPsi) {
        theta = newTheta;
        psi = newPsi;
    }

    /** Plays some steps. */
    void play(Consumer<DiracOracle> strategy, int steps) {
        for (int i = 0; i < steps; i++) {
            strategy.accept(this);
        }
    }

    double discriminatorSlope() {
        return slope(Dual.constant(theta), Dual.constant(psi), 0).value();
    }

    /**
     * The slope of the discriminator's objective in a look ahead, which nothing remembers.
     *
     * @param ahead how many moves have been imagined before
     */
    Dual imaginedSlope(Dual atTheta, Dual atPsi, int ahead) {
        imagining = true;
        try {
            return slope(atTheta, atPsi, ahead);
        } finally {
            imagining = false;
        }
    }

    private Dual slope(Dual atTheta, Dual atPsi, int ahead) {
        Pair slopes = loss.discriminator().at(atPsi.times(data), atPsi.times(atTheta));
        Dual sum = slopes.real().times(data).plus(slopes.fake().times(atTheta));
        if (penalty == null || (moves + ahead) % interval != 0) {
            return sum;
        }
        return sum.plus(penalty.slope(atTheta, atPsi, this).times(interval));
    }

    double generatorSlope() {
        return generatorSlope(Dual.variable(theta), Dual.constant(psi));
    }

    /** The derivative of the generator's objective by theta, on which psi may depend too. */
    double generatorSlope(Dual atTheta, Dual atPsi) {
        Dual x = atPsi.times(data);
        Dual y = atPsi.times(atTheta);
        Pair slopes = loss.generator().at(x, y);
        return slopes.real().value() * x.slope() + slopes.fake().value() * y.slope();
    }

    void moveDiscriminator(double slope, double factor) {
        moves++;
        descend(slope, factor);
    }

    void exploreDiscriminator(double slope) {
        descend(slope, 1);
    }

    private void descend(double slope, double factor) {
        psi -= rate * factor * slope;
        psi = Math.max(-bound, Math.min(bound, psi));
    }

    void moveGenerator(double slope) {
        theta -= rate * slope;
    }
}
