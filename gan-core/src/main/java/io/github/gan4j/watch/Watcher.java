package io.github.gan4j.watch;

import ai.djl.training.dataset.RandomAccessDataset;
import io.github.gan4j.Auxiliary;
import io.github.gan4j.Gan;
import io.github.gan4j.GanTrainer;
import io.github.gan4j.StepReport;
import io.github.gan4j.TrainingListener;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches a training for divergence and collapse, and says in a line what is wrong and what to do.
 *
 * <ul>
 *   <li>gradients that explode: a norm a hundred times the geometric mean of the looks before, in
 *       which older ones fade, for a healthy norm may grow a thousandfold in the course of a
 *       training;
 *   <li>a discriminator that is always right, so that its loss is next to nothing, or always wrong,
 *       so that generated samples score higher than real ones;
 *   <li>collapse: the mean distance between samples of fixed latents, over that of the data,
 *       becomes small, or half of what it was.
 * </ul>
 *
 * <p>It looks every so many steps, at figures that are there anyway; only for the last it draws 32
 * samples now and then. A symptom is told once it has lasted, and again only after it was gone. The
 * training is the same with and without a watcher. Terms that are not finite end a training by
 * themselves, see {@link io.github.gan4j.NonFiniteTermException}.
 */
public final class Watcher implements TrainingListener {

    private static final Logger LOGGER = LoggerFactory.getLogger(Watcher.class);

    private static final String NORM = "/gradient norm";

    /** Steps, and looks at least, until a discriminator counts as always right or wrong. */
    private static final int PATIENCE = 500;

    private static final int LOOKS = 20;

    private static final int NORM_PATIENCE = 3;
    private static final int NORM_LOOKS = 20;
    private static final double EXPLODED = 100;

    /** A loss that is as good as nothing, of the losses that end at 0: 98 % sure of all. */
    private static final float NOTHING = 0.04f;

    private static final float GAP = 0.96f;

    /** How much higher generated samples score where that is no chance. */
    private static final float WRONG = 0.1f;

    /**
     * Measurements before which samples may still be alike: an average of weights starts slowly.
     */
    private static final int FIRST_MEASUREMENTS = 5;

    private static final double ALIKE = 0.2;
    private static final double HALF = 0.5;

    private final int every;
    private final int measureEvery;
    private final Diversity diversity;
    private final Consumer<Warning> listener;
    private final Vigil right;
    private final Vigil wrong;
    private final Vigil collapse = new Vigil(1);
    private final Map<String, Vigil> explosions = new TreeMap<>();
    private final Map<String, double[]> logNorms = new TreeMap<>();
    private int measurements;
    private double peak;

    private Watcher(Builder builder) {
        every = builder.every;
        right = new Vigil(Math.max(LOOKS, PATIENCE / every));
        wrong = new Vigil(Math.max(LOOKS, PATIENCE / every));
        measureEvery = builder.measureEvery;
        diversity = builder.data == null ? null : new Diversity(builder.data);
        listener = builder.listener;
    }

    @Override
    public void onStart(GanTrainer trainer, long untilStep) {
        if (diversity != null && trainer.getGan().getGenerator() != null) {
            diversity.open(trainer);
        }
    }

    @Override
    public boolean wantsGradientNorms(long step) {
        return step % every == 0;
    }

    @Override
    public void onStep(GanTrainer trainer, StepReport report) {
        List<Warning> warnings = new ArrayList<>();
        if (report.step() % every == 0) {
            report.values().forEach((name, value) -> lookAtNorm(name, value, report, warnings));
            lookAtScores(report, warnings);
        }
        if (diversity != null && report.step() % measureEvery == 0 && diversity.isKnown(trainer)) {
            lookAtSamples(trainer, report.step(), warnings);
        }
        warnings.forEach(listener);
    }

    private void lookAtNorm(String name, float norm, StepReport report, List<Warning> warnings) {
        if (!name.endsWith(NORM)) {
            return;
        }
        String player = name.substring(0, name.length() - NORM.length());
        double[] seen = logNorms.computeIfAbsent(player, k -> new double[2]);
        double usual = Math.exp(seen[1] / Math.max(1, seen[0]));
        boolean exploded = seen[0] >= NORM_LOOKS && norm > EXPLODED * usual;
        if (explosions.computeIfAbsent(player, k -> new Vigil(NORM_PATIENCE)).look(exploded)) {
            warnings.add(
                    new Warning(
                            report.step(),
                            Symptom.EXPLODING_GRADIENT,
                            String.format(
                                    Locale.ROOT,
                                    "The gradient of the %s explodes: its norm is %.3g and was"
                                            + " about %.3g. Lower the learning rates, or add a"
                                            + " penalty such as r1=10.",
                                    player,
                                    norm,
                                    usual)));
        }
        if (!exploded && norm > 0) {
            if (seen[0] >= NORM_LOOKS) {
                seen[1] *= (NORM_LOOKS - 1) / seen[0]; // older ones fade
                seen[0] = NORM_LOOKS - 1;
            }
            seen[0]++;
            seen[1] += Math.log(norm);
        }
    }

    private void lookAtScores(StepReport report, List<Warning> warnings) {
        Float real = report.values().get("discriminator/D(real)");
        Float fake = report.values().get("discriminator/D(fake)");
        Float loss = report.values().get("discriminator/loss");
        if (real == null || fake == null || loss == null) {
            return;
        }
        long steps = Math.max((long) LOOKS * every, PATIENCE);
        if (right.look(loss >= 0 && loss <= NOTHING && real - fake >= GAP)) {
            warnings.add(
                    new Warning(
                            report.step(),
                            Symptom.DISCRIMINATOR_RIGHT,
                            ("For %d steps the discriminator has been right about all samples, so"
                                            + " the generator has little to learn from. Add a"
                                            + " penalty such as r1=10, lower its learning rate, or"
                                            + " augment small data.")
                                    .formatted(steps)));
        }
        if (wrong.look(fake - real >= WRONG)) {
            warnings.add(
                    new Warning(
                            report.step(),
                            Symptom.DISCRIMINATOR_WRONG,
                            ("For %d steps the discriminator has scored generated samples above"
                                            + " real ones. Raise its learning rate, or let it move"
                                            + " more often (strategy alternating:critic=2).")
                                    .formatted(steps)));
        }
    }

    private void lookAtSamples(GanTrainer trainer, long step, List<Warning> warnings) {
        double ratio = diversity.measure(trainer);
        boolean alike = ratio < ALIKE || ratio < HALF && ratio < HALF * peak;
        double before = peak;
        peak = Math.max(peak, ratio);
        if (++measurements <= FIRST_MEASUREMENTS) {
            return;
        }
        if (collapse.look(alike)) {
            warnings.add(
                    new Warning(
                            step,
                            Symptom.COLLAPSE,
                            String.format(
                                    Locale.ROOT,
                                    "Samples are alike: two of them differ %.0f %% as much as two"
                                            + " of the data, and at best did %.0f %%. Go back to an"
                                            + " earlier checkpoint with lower learning rates, or"
                                            + " train anew with %s.",
                                    100 * ratio,
                                    100 * before,
                                    canPack(trainer.getGan())
                                            ? "packing=2 or a penalty"
                                            : "a penalty")));
        }
    }

    /** Whether the discriminator may judge several samples as one, and does not yet. */
    private static boolean canPack(Gan gan) {
        return !gan.isConditional()
                && gan.getDiscriminator().getPacking() == 1
                && gan.getComponents().stream().noneMatch(Auxiliary.class::isInstance);
    }

    /**
     * Tells whether no fatal symptom shows, nor begins to.
     *
     * @return whether a checkpoint of now is worth going back to
     */
    public boolean isHealthy() {
        return !collapse.isBegun() && explosions.values().stream().noneMatch(Vigil::isBegun);
    }

    /**
     * Returns what the watcher remembers, for a checkpoint: a watcher that gets it back goes on as
     * this one would have.
     *
     * @return one line
     */
    public String getState() {
        List<String> parts = new ArrayList<>();
        parts.add(measurements + " " + peak);
        for (Vigil vigil : List.of(right, wrong, collapse)) {
            parts.add(vigil.getState()[0] + " " + vigil.getState()[1]);
        }
        logNorms.forEach(
                (player, seen) -> {
                    int[] vigil = explosions.get(player).getState();
                    parts.add(
                            "%s %s %s %s %s"
                                    .formatted(seen[0], seen[1], vigil[0], vigil[1], player));
                });
        return String.join(";", parts);
    }

    /**
     * Takes over what another watcher remembered.
     *
     * @param state what {@link #getState} returned
     */
    public void setState(String state) {
        String[] parts = state.split(";");
        measurements = Integer.parseInt(parts[0].split(" ")[0]);
        peak = Double.parseDouble(parts[0].split(" ")[1]);
        List<Vigil> vigils = List.of(right, wrong, collapse);
        for (int i = 0; i < vigils.size(); i++) {
            restore(vigils.get(i), parts[i + 1].split(" "), 0);
        }
        logNorms.clear();
        explosions.clear();
        for (int i = vigils.size() + 1; i < parts.length; i++) {
            String[] words = parts[i].split(" ", 5);
            double[] seen = {Double.parseDouble(words[0]), Double.parseDouble(words[1])};
            logNorms.put(words[4], seen);
            Vigil vigil = new Vigil(NORM_PATIENCE);
            restore(vigil, words, 2);
            explosions.put(words[4], vigil);
        }
    }

    private static void restore(Vigil vigil, String[] words, int from) {
        vigil.setState(Integer.parseInt(words[from]), "1".equals(words[from + 1]));
    }

    /**
     * Starts to describe a watcher.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /** Describes a {@link Watcher}. */
    public static final class Builder {

        private int every = 10;
        private int measureEvery = 100;
        private RandomAccessDataset data;
        private Consumer<Warning> listener = warning -> LOGGER.warn(warning.message());

        private Builder() {}

        /**
         * Sets how often figures are looked at.
         *
         * @param steps the number of steps between looks, 10 unless set
         * @return this builder
         */
        public Builder optEvery(int steps) {
            this.every = steps;
            return this;
        }

        /**
         * Lets the watcher compare samples with the data.
         *
         * @param dataset the data set, of which 32 samples are read
         * @param steps the number of steps between measurements, for instance 100
         * @return this builder
         */
        public Builder optDiversity(RandomAccessDataset dataset, int steps) {
            this.data = dataset;
            this.measureEvery = steps;
            return this;
        }

        /**
         * Sets who hears the warnings.
         *
         * @param consumer takes each warning, on the training thread; the log unless set
         * @return this builder
         */
        public Builder optListener(Consumer<Warning> consumer) {
            this.listener = consumer;
            return this;
        }

        /**
         * Builds the watcher.
         *
         * @return the watcher
         */
        public Watcher build() {
            return new Watcher(this);
        }
    }
}
