package io.github.gan4j.evaluation;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.gan4j.InvalidInputException;
import io.github.gan4j.data.GaussianMixture;
import io.github.gan4j.metric.ContentHash;
import io.github.gan4j.metric.Evidence;
import io.github.gan4j.metric.FeatureExtractor;
import io.github.gan4j.metric.Features;
import io.github.gan4j.metric.Images;
import io.github.gan4j.metric.Measure;
import io.github.gan4j.metric.Measures;
import io.github.gan4j.metric.MixtureMeasures;
import io.github.gan4j.metric.ProtocolName;
import io.github.gan4j.metric.StatisticsCache;
import io.github.gan4j.torch.Torch;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Measures samples against real ones.
 *
 * <pre>{@code
 * Evaluator evaluator = Evaluator.builder()
 *         .setReal(SampleSet.of(testDigits, 10_000, 0))
 *         .optExtractor(
 *                 Extractors.open("digits", shape, ScriptExtractor.Options.DEFAULTS, Device.cpu()))
 *         .build();
 * List<Score> scores = evaluator.evaluate(SampleSet.read(file), 10_000, 0);
 * }</pre>
 *
 * <p>As many real samples are taken as generated ones, at random, so that the name of the protocol
 * says all; only measures of memorisation take all that the model was trained on.
 */
public final class Evaluator {

    private static final int BATCH = 100;

    /** The measure that tells most of pictures that no extractor looks at. */
    public static final String PIXELS = "swd-patches";

    /** What is best read first. */
    private static final List<String> FIRST = List.of("fid", "coverage", "precision", "kid");

    private final SampleSet real;
    private final SampleSet training;
    private final GaussianMixture mixture;
    private final String mixtureName;
    private final FeatureExtractor extractor;
    private final List<Measure> measures;
    private final StatisticsCache cache;
    private final List<String> notes = new ArrayList<>();

    private Evaluator(Builder builder) {
        real = builder.real;
        training = builder.training;
        mixture = builder.mixture;
        mixtureName = builder.mixtureName;
        extractor = builder.extractor;
        measures = builder.measures;
        cache = builder.cache;
        if ((real == null) == (mixture == null)) {
            throw new IllegalArgumentException(
                    "An evaluator needs either real samples or a mixture: setReal(..) or"
                            + " setMixture(..).");
        }
    }

    /**
     * Starts to describe an evaluator.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Measures samples.
     *
     * @param fake the samples to measure
     * @param samples how many of them, and of the real ones; fewer where there are fewer of either
     * @param seed what choices depend on
     * @return the numbers
     * @throws InvalidInputException if the samples cannot be measured so; one line that says why
     */
    public List<Score> evaluate(SampleSet fake, int samples, long seed) {
        notes.clear();
        if (mixture != null) {
            return evaluatePoints(fake, samples, seed);
        }
        requireLike(real.getSampleShape(), fake.getSampleShape());
        int count = Math.min(samples, Math.min(fake.size(), real.size()));
        if (count < 2) {
            throw new InvalidInputException(
                    "One sample cannot be measured; give at least 2 of either kind.");
        }
        SampleSet drawn = fake.draw(count, seed);
        Evidence fakeEvidence = extract(drawn);
        SampleSet realDrawn = real.draw(count, seed);
        Evidence realEvidence = known(realDrawn);
        List<Measure> chosen = measures == null ? usual(realEvidence, fakeEvidence) : measures;
        List<Score> scores = new ArrayList<>();
        for (Measure measure : chosen) {
            Evidence against =
                    measure.isAgainstTraining() ? known(requireTraining()) : realEvidence;
            Map<String, Double> values;
            try {
                values = measure.evaluate(against, fakeEvidence, seed);
            } catch (InvalidInputException e) {
                if (measures != null) {
                    throw new InvalidInputException(measure.getName() + ": " + e.getMessage(), e);
                }
                notes.add(measure.getName() + " is left out: " + e.getMessage());
                continue;
            }
            // The main value first.
            String main = measure.getName();
            if (values.containsKey(main)) {
                scores.add(score(measure, main, count, values.get(main)));
            }
            values.forEach(
                    (name, value) -> {
                        if (!name.equals(main)) {
                            scores.add(score(measure, name, count, value));
                        }
                    });
        }
        return scores;
    }

    private Score score(Measure measure, String name, int count, double value) {
        String seenBy = extractor == null ? "pixels" : extractor.getName();
        Score.Better better = Score.Better.UNSAID;
        if (name.equals(measure.getName())) {
            better = measure.isLowerBetter() ? Score.Better.LOWER : Score.Better.HIGHER;
        }
        return new Score(ProtocolName.of(measure, name, count, seenBy), better, value);
    }

    /**
     * Tells what was left out of the last evaluation, and why.
     *
     * @return a line each; empty if all was measured
     */
    public List<String> getNotes() {
        return List.copyOf(notes);
    }

    /** Refuses samples that are not like the real ones. */
    static void requireLike(Shape real, Shape fake) {
        if (!real.equals(fake)) {
            throw new InvalidInputException(
                    "Samples of shape %s cannot be compared with real ones of shape %s; bring both to one size and to as many channels."
                            .formatted(fake, real));
        }
        if (real.dimension() != 3) {
            throw new InvalidInputException(
                    "Points are measured against a known mixture only, such as ring or grid.");
        }
    }

    private SampleSet requireTraining() {
        if (training == null) {
            throw new InvalidInputException(
                    "it needs the data that the model was trained on, which only a run tells.");
        }
        return training;
    }

    private List<Measure> usual(Evidence realEvidence, Evidence fakeEvidence) {
        return Measures.list(realEvidence, fakeEvidence).stream()
                .filter(
                        measure ->
                                measure.isUsual()
                                        || extractor == null && PIXELS.equals(measure.getName()))
                .sorted(Comparator.comparingInt(measure -> rank(measure.getName())))
                .toList();
    }

    private static int rank(String name) {
        int rank = FIRST.indexOf(name);
        return rank < 0 ? FIRST.size() : rank;
    }

    private Evidence known(SampleSet set) {
        if (extractor == null) {
            return extract(set);
        }
        ContentHash hash = new ContentHash();
        set.getImages().addTo(hash);
        Evidence kept =
                cache == null
                        ? extract(set)
                        : cache.get(hash.toHex(), extractor.getFingerprint(), () -> extract(set));
        Evidence.Builder builder =
                Evidence.builder()
                        .optFeatures(kept.getFeatures())
                        .optGaussian(kept.getGaussian())
                        .optImages(set.getImages());
        if (kept.has(Evidence.Part.PROBABILITIES)) {
            builder.optProbabilities(kept.getProbabilities());
        }
        if (set.getLabels() != null) {
            builder.optLabels(set.getLabels());
        }
        return builder.build();
    }

    private Evidence extract(SampleSet set) {
        Images images = set.getImages();
        Evidence.Builder builder = Evidence.builder().optImages(images);
        int[] labels = set.getLabels();
        if (labels != null) {
            builder.optLabels(labels);
        }
        if (extractor == null) {
            return builder.build();
        }
        Features.Builder features = null;
        Features.Builder probabilities = null;
        try (NDManager manager = Torch.newManager()) {
            for (int from = 0; from < images.getCount(); from += BATCH) {
                int to = Math.min(images.getCount(), from + BATCH);
                try (NDManager local = manager.newSubManager()) {
                    NDList seen = extractor.extract(images.toArray(local, from, to));
                    if (features == null) {
                        features = Features.builder((int) seen.get(0).getShape().get(1));
                        if (seen.size() > 1) {
                            probabilities = Features.builder((int) seen.get(1).getShape().get(1));
                        }
                    }
                    features.add(seen.get(0));
                    if (probabilities != null) {
                        probabilities.add(seen.get(1));
                    }
                }
            }
        }
        builder.optFeatures(features.build());
        if (probabilities != null) {
            builder.optProbabilities(probabilities.build());
        }
        return builder.build();
    }

    private List<Score> evaluatePoints(SampleSet fake, int samples, long seed) {
        if (!fake.isPoints()) {
            throw new InvalidInputException(
                    "Pictures cannot be measured against points; give --against a set of"
                            + " pictures.");
        }
        int count = Math.min(samples, fake.size());
        MixtureMeasures result = MixtureMeasures.of(fake.draw(count, seed).getPoints(), mixture);
        List<Score> scores = new ArrayList<>();
        add(scores, "modes", count, Score.Better.HIGHER, result.modesCovered());
        add(scores, "high-quality", count, Score.Better.UNSAID, result.highQualityShare());
        add(scores, "reverse-kl", count, Score.Better.LOWER, result.reverseKl());
        add(scores, "spread", count, Score.Better.UNSAID, result.spread());
        return scores;
    }

    private void add(
            List<Score> scores, String name, int count, Score.Better better, double value) {
        ProtocolName protocol = new ProtocolName(name, count, mixtureName, false);
        scores.add(new Score(protocol, better, value));
    }

    /** Describes an {@link Evaluator}. */
    public static final class Builder {

        private SampleSet real;
        private SampleSet training;
        private GaussianMixture mixture;
        private String mixtureName;
        private FeatureExtractor extractor;
        private List<Measure> measures;
        private StatisticsCache cache;

        private Builder() {}

        /**
         * Sets the real samples.
         *
         * @param real pictures, of which as many are taken as are measured
         * @return this builder
         */
        public Builder setReal(SampleSet real) {
            this.real = real;
            return this;
        }

        /**
         * Sets the distribution that points are measured against, in place of real samples.
         *
         * @param name what it is called in names of protocols
         * @param mixture the distribution
         * @return this builder
         */
        public Builder setMixture(String name, GaussianMixture mixture) {
            this.mixtureName = Objects.requireNonNull(name, "name");
            this.mixture = Objects.requireNonNull(mixture, "mixture");
            return this;
        }

        /**
         * Sets what the model was trained on, which measures of memorisation need.
         *
         * @param training all of it; none unless set
         * @return this builder
         */
        public Builder optTraining(SampleSet training) {
            this.training = training;
            return this;
        }

        /**
         * Sets what looks at pictures. The evaluator does not close it.
         *
         * @param extractor none unless set: then only measures of the pictures themselves are taken
         * @return this builder
         */
        public Builder optExtractor(FeatureExtractor extractor) {
            this.extractor = extractor;
            return this;
        }

        /**
         * Sets what is measured.
         *
         * @param measures the measures; unless set, all usual ones that can be taken
         * @return this builder
         */
        public Builder optMeasures(List<Measure> measures) {
            this.measures = List.copyOf(measures);
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
         * Makes the evaluator.
         *
         * @return the evaluator
         */
        public Evaluator build() {
            return new Evaluator(this);
        }
    }
}
