package io.github.gan4j.dirac;

import io.github.gan4j.Component;
import io.github.gan4j.Loss;
import io.github.gan4j.Penalty;
import io.github.gan4j.TrainingStrategy;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The closed forms of losses, penalties and strategies in the Dirac-GAN, worked out by hand. */
final class DiracForms {

    /** Weights of penalties are so small that a few steps do not run away. */
    private static final double WEIGHT = 0.8;

    /** Losses by what users write. */
    static final Map<String, LossForm> LOSSES = new LinkedHashMap<>();

    /** Penalties by what users write. */
    static final Map<String, Supplier<PenaltyForm>> PENALTIES = new LinkedHashMap<>();

    /** Strategies by what users write. */
    static final Map<String, Consumer<DiracOracle>> STRATEGIES = new LinkedHashMap<>();

    static {
        Slopes crossEntropy = (x, y) -> new Pair(x.sigmoid().plus(-1), y.sigmoid());
        loss("minimax", crossEntropy, (x, y) -> ofFake(y.sigmoid().times(-1)));
        loss("non-saturating", crossEntropy, (x, y) -> ofFake(y.sigmoid().plus(-1)));
        loss(
                "non-saturating=0.9",
                (x, y) -> new Pair(x.sigmoid().plus(-0.9), y.sigmoid()),
                (x, y) -> ofFake(y.sigmoid().plus(-1)));
        loss("least-squares", (x, y) -> new Pair(x.plus(-1), y), (x, y) -> ofFake(y.plus(-1)));
        loss(
                "least-squares:real=0.9,fake=-1,generator=0.9",
                (x, y) -> new Pair(x.plus(-0.9), y.plus(1)),
                (x, y) -> ofFake(y.plus(-0.9)));
        loss(
                "wasserstein",
                (x, y) -> new Pair(Dual.constant(-1), Dual.constant(1)),
                (x, y) -> ofFake(Dual.constant(-1)));
        loss(
                "hinge",
                (x, y) -> new Pair(x.times(-1).plus(1).step().times(-1), y.plus(1).step()),
                (x, y) -> ofFake(Dual.constant(-1)));
        // All samples of a kind are the same, so the average is no other than each.
        relativistic("relativistic", 1);
        relativistic("relativistic-average", 2);

        PENALTIES.put("r1=0.8", () -> (theta, psi, oracle) -> psi.times(WEIGHT));
        PENALTIES.put("r1=0.8:interval=2", PENALTIES.get("r1=0.8"));
        PENALTIES.put("r2=0.8", PENALTIES.get("r1=0.8"));
        PENALTIES.put("gp0=0.8", () -> (theta, psi, oracle) -> psi.times(2 * WEIGHT));
        PENALTIES.put("gp=0.8", () -> (theta, psi, oracle) -> psi.beyondOne().times(2 * WEIGHT));
        PENALTIES.put("gp=0.8:oneSided=true", () -> DiracForms::oneSided);
        PENALTIES.put("dragan=0.8", PENALTIES.get("gp=0.8"));
        PENALTIES.put("lecam=0.8:decay=0.5", Lecam::new);
        // One pixel is the same after a flip.
        PENALTIES.put("consistency=0.8:shift=0", () -> (theta, psi, oracle) -> Dual.ZERO);
        PENALTIES.put("clip=0.4", () -> (theta, psi, oracle) -> Dual.ZERO);

        STRATEGIES.put(
                "simultaneous",
                game -> {
                    double ofTheta = game.generatorSlope();
                    game.moveDiscriminator(game.discriminatorSlope(), 1);
                    game.moveGenerator(ofTheta);
                });
        STRATEGIES.put("alternating", game -> alternate(game, 1, 1));
        STRATEGIES.put("alternating=3", game -> alternate(game, 3, 1));
        STRATEGIES.put("alternating:critic=2,fresh=true", game -> alternate(game, 2, 1));
        STRATEGIES.put("ttur=3", game -> alternate(game, 1, 3));
        STRATEGIES.put(
                "extra-gradient",
                game -> {
                    double theta = game.getTheta();
                    double psi = game.getPsi();
                    double ofTheta = game.generatorSlope();
                    game.exploreDiscriminator(game.discriminatorSlope());
                    game.moveGenerator(ofTheta);
                    double aheadOfPsi = game.discriminatorSlope();
                    double aheadOfTheta = game.generatorSlope();
                    game.place(theta, psi);
                    game.moveDiscriminator(aheadOfPsi, 1);
                    game.moveGenerator(aheadOfTheta);
                });
        STRATEGIES.put("unrolled:steps=1,rate=0.3", game -> unroll(game, 1, 0.3));
        STRATEGIES.put("unrolled:steps=3,rate=0.2", game -> unroll(game, 3, 0.2));
    }

    private DiracForms() {}

    private static void loss(String spec, Slopes discriminator, Slopes generator) {
        LOSSES.put(spec, new LossForm(discriminator, generator));
    }

    private static void relativistic(String name, double terms) {
        loss(
                name,
                (x, y) -> difference(y.minus(x).sigmoid().times(-terms)),
                (x, y) -> difference(x.minus(y).sigmoid().times(terms)));
    }

    private static Pair ofFake(Dual slope) {
        return new Pair(Dual.ZERO, slope);
    }

    /** The slopes of a function of real minus fake scores. */
    private static Pair difference(Dual slope) {
        return new Pair(slope, slope.times(-1));
    }

    private static Dual oneSided(Dual theta, Dual psi, DiracOracle oracle) {
        return Math.abs(psi.value()) > 1 ? psi.beyondOne().times(2 * WEIGHT) : Dual.ZERO;
    }

    private static void alternate(DiracOracle game, int critic, double factor) {
        for (int i = 0; i < critic; i++) {
            game.moveDiscriminator(game.discriminatorSlope(), factor);
        }
        game.moveGenerator(game.generatorSlope());
    }

    /** The discriminator's future as a function of theta, and the chain rule through it. */
    private static void unroll(DiracOracle game, int steps, double rate) {
        game.moveDiscriminator(game.discriminatorSlope(), 1);
        Dual theta = Dual.variable(game.getTheta());
        Dual psi = Dual.constant(game.getPsi());
        for (int i = 0; i < steps; i++) {
            psi = psi.minus(game.imaginedSlope(theta, psi, i).times(rate));
        }
        game.moveGenerator(game.generatorSlope(theta, psi));
    }

    /** Finds the forms of a component that users can name; those of all its options. */
    static <F> Map<String, F> of(Component component, Map<String, F> forms) {
        Map<String, F> found = new LinkedHashMap<>();
        forms.forEach(
                (spec, form) -> {
                    if (spec.split("[=:]")[0].equals(component.getName())) {
                        found.put(spec, form);
                    }
                });
        return found;
    }

    /** The forms of what a type of component has. */
    static Map<String, ?> ofType(Class<? extends Component> type) {
        return Map.of(
                        Loss.class, LOSSES,
                        Penalty.class, PENALTIES,
                        TrainingStrategy.class, STRATEGIES)
                .get(type);
    }

    /** Slopes of a loss by the real and by the generated score. */
    interface Slopes {
        Pair at(Dual real, Dual fake);
    }

    record Pair(Dual real, Dual fake) {}

    record LossForm(Slopes discriminator, Slopes generator) {}

    /** The slope of a penalty by psi. */
    interface PenaltyForm {
        Dual slope(Dual theta, Dual psi, DiracOracle oracle);
    }

    /** Remembers the scores of both kinds, of this batch too, at a decay of one half. */
    private static final class Lecam implements PenaltyForm {

        private double real;
        private double fake;
        private double share;

        @Override
        public Dual slope(Dual theta, Dual psi, DiracOracle oracle) {
            Dual x = psi.times(oracle.getData());
            Dual y = psi.times(theta);
            double sumOfReal = (real + x.value()) / 2;
            double sumOfFake = (fake + y.value()) / 2;
            double sumOfShares = (share + 1) / 2;
            if (!oracle.isImagining()) {
                real = sumOfReal;
                fake = sumOfFake;
                share = sumOfShares;
            }
            Dual above = x.plus(-sumOfFake / sumOfShares).relu().times(oracle.getData());
            Dual below = y.times(-1).plus(sumOfReal / sumOfShares).relu().times(theta);
            return above.minus(below).times(2 * WEIGHT);
        }
    }
}
