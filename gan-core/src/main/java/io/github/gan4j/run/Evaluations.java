package io.github.gan4j.run;

import ai.djl.ndarray.types.Shape;
import io.github.gan4j.Devices;
import io.github.gan4j.Domains;
import io.github.gan4j.GanTrainer;
import io.github.gan4j.Generator;
import io.github.gan4j.InvalidInputException;
import io.github.gan4j.StepReport;
import io.github.gan4j.TrainingListener;
import io.github.gan4j.data.SampleDataset;
import io.github.gan4j.evaluation.Evaluation;
import io.github.gan4j.evaluation.Evaluator;
import io.github.gan4j.evaluation.SampleSet;
import io.github.gan4j.evaluation.Score;
import io.github.gan4j.metric.Evidence;
import io.github.gan4j.metric.Extractors;
import io.github.gan4j.metric.Measure;
import io.github.gan4j.metric.Measures;
import io.github.gan4j.metric.StatisticsCache;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Measures samples every so many steps, logs the numbers, and keeps the best checkpoint.
 *
 * <p>The latents are those of {@link TrainedGenerator} for seed 0, so that {@code gan4j evaluate}
 * finds the same numbers. Training is not touched: each of its steps seeds the engine for itself.
 */
final class Evaluations implements TrainingListener {

    /** The measure by which the best generator of points is told. */
    private static final String OF_POINTS = "reverse-kl";

    private static final Logger LOGGER = LoggerFactory.getLogger(Evaluations.class);

    private final Evaluation evaluation;
    private final int every;
    private final Shape sample;
    private final int classes;
    private final MetricsLog log;
    private final Best best;

    /**
     * Constructs a listener.
     *
     * @param evaluation measures; it is not closed
     * @param every the number of steps between measurements
     * @param dataset what the generator is trained on
     * @param log where numbers are written
     * @param best keeps the best checkpoint
     */
    Evaluations(
            Evaluation evaluation, int every, SampleDataset dataset, MetricsLog log, Best best) {
        this.evaluation = evaluation;
        this.every = every;
        this.sample = dataset.getSampleShape();
        this.classes = dataset.getClassNames().size();
        this.log = log;
        this.best = best;
    }

    /** Keeps a checkpoint if it is better than those before it. */
    @FunctionalInterface
    interface Best {

        /**
         * Takes a score.
         *
         * @param trainer the trainer, between steps
         * @param score the score of its generator
         */
        void offer(GanTrainer trainer, Score score);
    }

    /**
     * Opens what measures, so that what is wrong is said before training starts.
     *
     * @param config how to measure
     * @param sample the shape of a sample
     * @param conditional whether the generator draws the class asked for
     * @throws InvalidInputException if the samples cannot be measured so
     */
    static Evaluation open(RunConfig config, Shape sample, boolean conditional) {
        RunConfig.DatasetConfig data = config.dataset();
        boolean points = sample.dimension() == 1;
        boolean seen = Extractors.forDataset(data.name()).isPresent();
        List<String> measures = config.evaluateMeasures();
        if (points) {
            measures = List.of();
        } else if (!seen && measures.equals(RunConfig.USUAL_MEASURES)) {
            measures = List.of(Evaluator.PIXELS);
        }
        for (String name : measures) {
            requireKnown(Measures.find(name), data.name(), seen, conditional);
        }
        return Evaluation.builder()
                .setReal(data.name(), data.toOptions(Domains.ONE))
                .setSampleShape(sample)
                .optSamples(config.evaluateSamples())
                .optMeasures(measures)
                .optCache(StatisticsCache.ofUser())
                .optDevice(Devices.parse(config.device()))
                .build();
    }

    /** Refuses a measure of what is not known of samples while a generator is trained. */
    private static void requireKnown(
            Measure measure, String dataset, boolean seen, boolean conditional) {
        Set<Evidence.Part> parts = EnumSet.noneOf(Evidence.Part.class);
        parts.addAll(measure.getRealParts());
        parts.addAll(measure.getFakeParts());
        String lack = null;
        if (measure.isAgainstTraining()) {
            lack = "it is for a finished run";
        } else if (!conditional && parts.contains(Evidence.Part.LABELS)) {
            lack = "it needs a generator that draws the class asked for";
        } else if (!seen
                && !Set.of(Evidence.Part.IMAGES, Evidence.Part.LABELS).containsAll(parts)) {
            lack = "it needs an extractor of features, and '" + dataset + "' has none of its own";
        }
        if (lack != null) {
            throw new InvalidInputException(
                    "%s cannot be measured while training: %s. Leave it out, or measure the run with 'gan4j evaluate'."
                            .formatted(measure.getName(), lack));
        }
    }

    @Override
    public void onStep(GanTrainer trainer, StepReport report) {
        if (report.step() % every != 0) {
            return;
        }
        List<Score> scores;
        try {
            scores = evaluation.measure(draw(trainer), 0);
        } catch (InvalidInputException e) {
            // A generator that makes no numbers has diverged, which the next steps will tell.
            LOGGER.warn("Step {} could not be measured: {}", report.step(), e.getMessage());
            return;
        }
        Map<String, Double> values = new LinkedHashMap<>();
        scores.forEach(score -> values.put(score.protocol().toString(), score.value()));
        log.write(report.step(), values);
        decisive(scores).ifPresent(score -> best.offer(trainer, score));
    }

    private Optional<Score> decisive(List<Score> scores) {
        String wanted = sample.dimension() == 1 ? OF_POINTS : scores.get(0).protocol().measure();
        return scores.stream()
                .filter(score -> score.protocol().measure().equals(wanted))
                .filter(score -> Double.isFinite(score.value()))
                .findFirst();
    }

    private SampleSet draw(GanTrainer trainer) {
        Generator generator = trainer.getGan().getGenerator();
        int count = evaluation.getSamples();
        boolean conditional = generator.getInputShapes().length > 1;
        SampleSet.Builder samples = SampleSet.builder(sample);
        long[] labels = conditional ? SampleBatches.classesInTurn(count, classes) : null;
        new SampleBatches(trainer.getGan(), trainer.getManager(), trainer::generate)
                .forEach(count, labels, 0, (first, batch) -> samples.add(batch));
        SampleSet drawn = samples.build(null);
        return conditional ? drawn.withClassesInTurn(classes) : drawn;
    }
}
