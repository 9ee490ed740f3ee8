package io.github.gan4j.run;

import ai.djl.ndarray.types.Shape;
import io.github.gan4j.Devices;
import io.github.gan4j.Domains;
import io.github.gan4j.GanTrainer;
import io.github.gan4j.Generator;
import io.github.gan4j.InvalidInputException;
import io.github.gan4j.StepReport;
import io.github.gan4j.TrainingListener;
import io.github.gan4j.evaluation.Evaluation;
import io.github.gan4j.evaluation.SampleSet;
import io.github.gan4j.evaluation.Score;
import io.github.gan4j.metric.StatisticsCache;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    private final RunConfig config;
    private final Shape sample;
    private final int classes;
    private final MetricsLog log;
    private final Best best;
    private Evaluation evaluation;

    /**
     * Constructs a listener.
     *
     * @param config how to measure
     * @param sample the shape of a sample
     * @param classes the number of classes of the data set
     * @param log where numbers are written
     * @param best keeps the best checkpoint
     */
    Evaluations(RunConfig config, Shape sample, int classes, MetricsLog log, Best best) {
        this.config = config;
        this.sample = sample;
        this.classes = classes;
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
     * Opens what is needed, so that what is wrong is said before training starts.
     *
     * @throws InvalidInputException if the samples cannot be measured so
     */
    void open() {
        boolean points = sample.dimension() == 1;
        RunConfig.DatasetConfig data = config.dataset();
        evaluation =
                Evaluation.builder()
                        .setReal(data.name(), data.toOptions(Domains.ONE))
                        .setSampleShape(sample)
                        .optSamples(config.evaluateSamples())
                        .optMeasures(points ? List.of() : config.evaluateMeasures())
                        .optCache(StatisticsCache.ofUser())
                        .optDevice(Devices.parse(config.device()))
                        .build();
    }

    @Override
    public void onStep(GanTrainer trainer, StepReport report) {
        if (report.step() % config.evaluateEvery() != 0) {
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

    @Override
    public void onEnd(GanTrainer trainer) {
        evaluation.close();
    }
}
