package io.github.gan4j.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.github.gan4j.InvalidInputException;
import io.github.gan4j.data.GaussianMixture;
import io.github.gan4j.metric.FeatureExtractor;
import io.github.gan4j.metric.Images;
import io.github.gan4j.metric.Measures;
import io.github.gan4j.metric.StatisticsCache;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluatorTest {

    private static final int SIDE = 12;

    @TempDir Path temp;

    /** Means of the quarters of a picture, and which half of it is brighter. */
    private static final class Quarters implements FeatureExtractor {

        private int pictures;

        @Override
        public String getName() {
            return "quarters-v1";
        }

        @Override
        public NDList extract(NDArray images) {
            pictures += (int) images.getShape().get(0);
            NDArray columns = images.reshape(-1, 2 * 6, 2, 6).mean(new int[] {3});
            NDArray means = columns.reshape(-1, 2, 6, 2).mean(new int[] {2}).reshape(-1, 4);
            NDArray halves = means.reshape(-1, 2, 2).mean(new int[] {2});
            return new NDList(means, halves.mul(20).softmax(1));
        }

        @Override
        public void close() {}
    }

    private static SampleSet pictures(int count, double brightness, long seed) {
        Random random = new Random(seed);
        byte[] values = new byte[count * SIDE * SIDE];
        for (int i = 0; i < values.length; i++) {
            values[i] = (byte) (brightness * random.nextInt(256));
        }
        return SampleSet.of(Images.of(values, 1, SIDE, SIDE), null);
    }

    private static Map<String, Double> values(List<Score> scores) {
        Map<String, Double> values = new LinkedHashMap<>();
        scores.forEach(score -> values.put(score.protocol().toString(), score.value()));
        return values;
    }

    @Test
    void should_name_each_number_by_its_protocol_those_to_read_first_first() {
        Evaluator evaluator =
                Evaluator.builder()
                        .setReal(pictures(150, 1, 1))
                        .optExtractor(new Quarters())
                        .build();
        List<Score> scores = evaluator.evaluate(pictures(200, 1, 2), 120, 0);
        assertThat(values(scores).keySet())
                .startsWith("fid120-quarters-v1", "coverage120-quarters-v1-unit")
                .contains("modes120-quarters-v1", "ms-ssim120-pixels", "kid120-quarters-v1")
                .noneMatch(name -> name.startsWith("ssim") || name.startsWith("novelty"));
        assertThat(scores.get(0).better()).isEqualTo(Score.Better.LOWER);
        assertThat(scores.get(1).better()).isEqualTo(Score.Better.HIGHER);
    }

    @Test
    void should_take_as_many_real_samples_as_generated_ones() {
        Evaluator evaluator =
                Evaluator.builder()
                        .setReal(pictures(90, 1, 1))
                        .optExtractor(new Quarters())
                        .optMeasures(List.of(Measures.find("fid")))
                        .build();
        assertThat(values(evaluator.evaluate(pictures(200, 1, 2), 120, 0)))
                .containsOnlyKeys("fid90-quarters-v1");
        assertThat(values(evaluator.evaluate(pictures(50, 1, 2), 120, 0)))
                .containsOnlyKeys("fid50-quarters-v1");
    }

    @Test
    void should_find_the_real_thing_better_than_something_else() {
        Evaluator evaluator =
                Evaluator.builder()
                        .setReal(pictures(200, 1, 1))
                        .optExtractor(new Quarters())
                        .build();
        double same =
                values(evaluator.evaluate(pictures(200, 1, 2), 200, 0)).get("fid200-quarters-v1");
        double darker =
                values(evaluator.evaluate(pictures(200, 0.8, 2), 200, 0)).get("fid200-quarters-v1");
        assertThat(darker).isGreaterThan(10 * same);
    }

    @Test
    void should_extract_real_features_once_and_keep_them() {
        SampleSet real = pictures(60, 1, 1);
        SampleSet fake = pictures(60, 1, 2);
        StatisticsCache cache = new StatisticsCache(temp);
        Quarters first = new Quarters();
        List<Score> scores = evaluate(real, fake, cache, first);
        Quarters second = new Quarters();
        assertThat(evaluate(real, fake, cache, second)).isEqualTo(scores);
        assertThat(first.pictures).isEqualTo(120);
        assertThat(second.pictures).isEqualTo(60);
        Quarters third = new Quarters();
        evaluate(pictures(60, 1, 3), fake, cache, third);
        assertThat(third.pictures).isEqualTo(120);
    }

    private static List<Score> evaluate(
            SampleSet real, SampleSet fake, StatisticsCache cache, Quarters extractor) {
        Evaluator evaluator =
                Evaluator.builder().setReal(real).optExtractor(extractor).optCache(cache).build();
        return evaluator.evaluate(fake, 60, 0);
    }

    @Test
    void should_measure_pixels_if_there_is_no_extractor() {
        Evaluator evaluator = Evaluator.builder().setReal(pictures(50, 1, 1)).build();
        assertThat(values(evaluator.evaluate(pictures(50, 1, 2), 50, 0)))
                .containsOnlyKeys(
                        "ms-ssim50-pixels",
                        "ms-ssim-real50-pixels",
                        "swd-patches50-pixels",
                        "swd-patches-fine50-pixels",
                        "swd-patches-coarse50-pixels");
    }

    @Test
    void should_leave_out_what_cannot_be_measured_and_say_so() {
        // A generator that knows one picture.
        byte[] values = new byte[40 * SIDE * SIDE];
        SampleSet constant = SampleSet.of(Images.of(values, 1, SIDE, SIDE), null);
        Evaluator evaluator =
                Evaluator.builder().setReal(constant).optExtractor(new Quarters()).build();
        Map<String, Double> scores = values(evaluator.evaluate(pictures(40, 1, 2), 40, 0));
        assertThat(scores).containsKey("fid40-quarters-v1");
        assertThat(scores).doesNotContainKey("coverage40-quarters-v1-unit");
        assertThat(evaluator.getNotes())
                .anyMatch(note -> note.startsWith("coverage is left out: All 40 real samples"));
    }

    @Test
    void should_measure_the_accuracy_of_labels() {
        byte[] values = new byte[4 * SIDE * SIDE];
        for (int i = 0; i < 4; i++) {
            // Pictures 0 and 1 are bright above, 2 and 3 below.
            int from = i * SIDE * SIDE + (i < 2 ? 0 : SIDE * SIDE / 2);
            Arrays.fill(values, from, from + SIDE * SIDE / 2, (byte) 200);
        }
        SampleSet fake = SampleSet.of(Images.of(values, 1, SIDE, SIDE), new int[] {0, 0, 0, 1});
        Evaluator evaluator =
                Evaluator.builder()
                        .setReal(pictures(4, 1, 1))
                        .optExtractor(new Quarters())
                        .optMeasures(List.of(Measures.find("accuracy")))
                        .build();
        assertThat(values(evaluator.evaluate(fake, 4, 0)))
                .containsEntry("accuracy4-quarters-v1", 0.75);
    }

    /** Two classes of one picture each: pairs of a class are alike, pairs of any are not. */
    @Test
    void should_compare_pairs_of_a_class_with_real_pairs_of_a_class() {
        byte[] values = new byte[60 * SIDE * SIDE];
        int[] labels = new int[60];
        Random random = new Random(3);
        for (int i = 0; i < labels.length; i++) {
            labels[i] = i % 2;
            for (int p = 0; p < SIDE * SIDE; p++) {
                boolean bright = (p % SIDE < SIDE / 2) == (labels[i] == 0);
                values[i * SIDE * SIDE + p] = (byte) ((bright ? 200 : 0) + random.nextInt(5));
            }
        }
        SampleSet labelled = SampleSet.of(Images.of(values, 1, SIDE, SIDE), labels);
        SampleSet plain = SampleSet.of(labelled.getImages(), null);
        for (FeatureExtractor extractor : new FeatureExtractor[] {null, new Quarters()}) {
            Evaluator.Builder builder =
                    Evaluator.builder().optMeasures(List.of(Measures.find("ms-ssim")));
            Evaluator evaluator = builder.setReal(labelled).optExtractor(extractor).build();
            assertThat(values(evaluator.evaluate(labelled, 60, 0)).values())
                    .hasSize(2)
                    .allMatch(value -> value > 0.9);
            assertThat(values(evaluator.evaluate(plain, 60, 0)).values())
                    .hasSize(2)
                    .allMatch(value -> value < 0.7);
        }
    }

    @Test
    void should_count_the_modes_of_a_mixture() {
        GaussianMixture ring = GaussianMixture.ring(8, 1, 0.01);
        Evaluator evaluator = Evaluator.builder().setMixture("ring", ring).build();
        Map<String, Double> scores =
                values(evaluator.evaluate(SampleSet.of(ring.sample(2500, 5)), 2500, 0));
        assertThat(scores.get("modes2500-ring")).isEqualTo(8);
        assertThat(scores.get("high-quality2500-ring")).isCloseTo(0.989, within(0.01));
        assertThat(scores.get("reverse-kl2500-ring")).isLessThan(0.01);
        assertThat(scores.get("spread2500-ring")).isCloseTo(1, within(0.1));

        assertThatThrownBy(() -> evaluator.evaluate(pictures(3, 1, 1), 3, 0))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("Pictures cannot be measured against points");
    }

    @Test
    void should_refuse_what_cannot_be_compared() {
        Evaluator evaluator = Evaluator.builder().setReal(pictures(9, 1, 1)).build();
        SampleSet colour = SampleSet.of(Images.of(new byte[2 * 3 * 144], 3, 12, 12), null);
        assertThatThrownBy(() -> evaluator.evaluate(colour, 2, 0))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(
                        "(3, 12, 12) cannot be compared with real ones of shape (1, 12, 12)");
        assertThatThrownBy(() -> evaluator.evaluate(pictures(1, 1, 1), 5, 0))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("at least 2");
        Evaluator memorised =
                Evaluator.builder()
                        .setReal(pictures(9, 1, 1))
                        .optExtractor(new Quarters())
                        .optMeasures(List.of(Measures.find("novelty")))
                        .build();
        assertThatThrownBy(() -> memorised.evaluate(pictures(9, 1, 1), 9, 0))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("trained on");
    }

    @Test
    void should_find_copies_of_training_samples() {
        SampleSet training = pictures(50, 1, 1);
        Evaluator evaluator =
                Evaluator.builder()
                        .setReal(pictures(50, 1, 2))
                        .optTraining(training)
                        .optExtractor(new Quarters())
                        .optMeasures(List.of(Measures.find("novelty")))
                        .build();
        assertThat(values(evaluator.evaluate(training, 50, 0)))
                .containsEntry("novelty-copies50-quarters-v1", 1.0);
        assertThat(
                        values(evaluator.evaluate(pictures(50, 1, 9), 50, 0))
                                .get("novelty50-quarters-v1"))
                .isGreaterThan(0.5);
    }
}
