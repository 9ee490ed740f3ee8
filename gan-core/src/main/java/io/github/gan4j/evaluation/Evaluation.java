package io.github.gan4j.evaluation;

import ai.djl.Device;
import ai.djl.ndarray.types.Shape;
import io.github.gan4j.InvalidInputException;
import io.github.gan4j.data.DatasetOptions;
import io.github.gan4j.metric.ExtractorProvider;
import io.github.gan4j.metric.Extractors;
import io.github.gan4j.metric.FeatureExtractor;
import io.github.gan4j.metric.Measure;
import io.github.gan4j.metric.Measures;
import io.github.gan4j.metric.MixtureMeasures;
import io.github.gan4j.metric.ScriptExtractor;
import io.github.gan4j.metric.StatisticsCache;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * How the samples of a data set are measured: against what, seen by what, how many, and by which
 * measures. Whatever is not set follows from the data set.
 *
 * <pre>{@code
 * try (Evaluation evaluation =
 *         Evaluation.builder()
 *                 .setReal("digits", DatasetOptions.defaults())
 *                 .setSampleShape(generator.getSampleShape())
 *                 .build()) {
 *     SampleSet samples = SampleSet.generate(generator, evaluation.getSamples(), seed);
 *     List<Score> scores = evaluation.measure(samples, seed);
 * }
 * }</pre>
 */
public final class Evaluation implements AutoCloseable {

    private static final int SAMPLES = 10_000;

    private final Reference reference;
    private final FeatureExtractor extractor;
    private final Evaluator evaluator;
    private final int samples;

    private Evaluation(Builder builder) {
        List<Measure> chosen = builder.measures.stream().map(Measures::find).toList();
        Optional<ExtractorProvider> usual =
                builder.extractor == null
                        ? Extractors.forDataset(builder.real)
                        : Extractors.find(builder.extractor);
        int wanted = usual.map(ExtractorProvider::getSamples).orElse(SAMPLES);
        wanted = builder.samples == null ? wanted : builder.samples;
        reference = Reference.open(builder.real, builder.options, wanted);
        Evaluator.Builder made = Evaluator.builder().optCache(builder.cache);
        if (reference.mixture() != null) {
            if (!chosen.isEmpty() || builder.extractor != null) {
                throw new InvalidInputException(
                        "Points of a mixture have measures of their own; leave out measures and"
                                + " extractor.");
            }
            samples = builder.samples == null ? MixtureMeasures.PACGAN_SAMPLES : builder.samples;
            extractor = null;
            evaluator = made.setMixture(reference.name(), reference.mixture()).build();
            return;
        }
        samples = wanted;
        Evaluator.requireLike(reference.real().getSampleShape(), builder.sampleShape);
        made.setReal(reference.real());
        if (chosen.isEmpty() && builder.samples == null && usual.isPresent()) {
            chosen = usual.get().getMeasures().stream().map(Measures::find).toList();
        }
        if (!chosen.isEmpty()) {
            made.optMeasures(chosen);
        }
        if (chosen.stream().anyMatch(Measure::isAgainstTraining)) {
            made.optTraining(builder.training.get());
        }
        extractor = builder.openExtractor(usual);
        evaluator = made.optExtractor(extractor).build();
    }

    /**
     * Starts to describe an evaluation.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Returns how many samples are measured.
     *
     * @return the number, of generated samples and of real ones
     */
    public int getSamples() {
        return samples;
    }

    /**
     * Returns what is measured against.
     *
     * @return the reference
     */
    public Reference getReference() {
        return reference;
    }

    /**
     * Returns what looks at pictures.
     *
     * @return the extractor; empty if only the pixels are measured, or points
     */
    public Optional<FeatureExtractor> getExtractor() {
        return Optional.ofNullable(extractor);
    }

    /**
     * Measures samples.
     *
     * @param fake the samples
     * @param seed what choices depend on
     * @return the numbers
     * @throws InvalidInputException if the samples cannot be measured so
     */
    public List<Score> measure(SampleSet fake, long seed) {
        return evaluator.evaluate(fake, samples, seed);
    }

    /**
     * Tells what was left out of the last measurement, and why.
     *
     * @return a line each
     */
    public List<String> getNotes() {
        return evaluator.getNotes();
    }

    /** Frees the extractor. */
    @Override
    public void close() {
        if (extractor != null) {
            extractor.close();
        }
    }

    /** Describes an {@link Evaluation}. */
    public static final class Builder {

        private String real;
        private DatasetOptions options;
        private Shape sampleShape;
        private Integer samples;
        private List<String> measures = List.of();
        private String extractor;
        private ScriptExtractor.Options script = ScriptExtractor.Options.DEFAULTS;
        private Supplier<SampleSet> training = () -> null;
        private StatisticsCache cache;
        private Device device = Device.cpu();

        private Builder() {}

        /**
         * Sets what is real.
         *
         * @param source a data set, a folder of pictures, or a NumPy file
         * @param options how to open it, but for the part of the data
         * @return this builder
         */
        public Builder setReal(String source, DatasetOptions options) {
            this.real = source;
            this.options = options;
            return this;
        }

        /**
         * Sets what a sample to measure looks like.
         *
         * @param shape {@code (C, H, W)} or {@code (2)}
         * @return this builder
         */
        public Builder setSampleShape(Shape shape) {
            this.sampleShape = shape;
            return this;
        }

        /**
         * Sets how many samples are measured.
         *
         * @param samples at least 2; {@code null}, unless set, for what the protocol takes
         * @return this builder
         */
        public Builder optSamples(Integer samples) {
            this.samples = samples;
            return this;
        }

        /**
         * Sets what is measured.
         *
         * @param names names of measures; empty, unless set, for what is usual
         * @return this builder
         */
        public Builder optMeasures(List<String> names) {
            this.measures = List.copyOf(names);
            return this;
        }

        /**
         * Sets what looks at pictures.
         *
         * @param nameOrFile an extractor, or a TorchScript file; that of the data set unless set
         * @param given what a file takes
         * @return this builder
         */
        public Builder optExtractor(String nameOrFile, ScriptExtractor.Options given) {
            this.extractor = nameOrFile;
            this.script = given;
            return this;
        }

        /**
         * Sets what the model was trained on, which measures of memorisation need.
         *
         * @param training gives all of it, and is asked only if it is needed
         * @return this builder
         */
        public Builder optTraining(Supplier<SampleSet> training) {
            this.training = training;
            return this;
        }

        /**
         * Sets where features of real samples are kept.
         *
         * @param cache none unless set
         * @return this builder
         */
        public Builder optCache(StatisticsCache cache) {
            this.cache = cache;
            return this;
        }

        /**
         * Sets where the extractor computes.
         *
         * @param device the CPU unless set
         * @return this builder
         */
        public Builder optDevice(Device device) {
            this.device = device;
            return this;
        }

        /**
         * Opens all that is needed.
         *
         * @return the evaluation, to be closed
         * @throws InvalidInputException if a name is unknown, or things do not fit together
         */
        public Evaluation build() {
            return new Evaluation(this);
        }

        private FeatureExtractor openExtractor(Optional<ExtractorProvider> usual) {
            return extractor == null
                    ? usual.map(provider -> provider.open(sampleShape, device)).orElse(null)
                    : Extractors.open(extractor, sampleShape, script, device);
        }
    }
}
