package io.github.gan4j.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.gan4j.InvalidInputException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MeasuresTest {

    private static List<Measure> all() {
        return Measures.list();
    }

    private static Evidence everything(int count, long seed) {
        float[] probabilities = new float[count * 4];
        int[] labels = new int[count];
        for (int i = 0; i < count; i++) {
            labels[i] = i % 4;
            probabilities[i * 4 + i % 4] = 1;
        }
        Evidence pictures = Pictures.evidence(Pictures.discs(count, seed));
        return Evidence.builder()
                .optFeatures(pictures.getFeatures())
                .optImages(pictures.getImages())
                .optProbabilities(Features.of(4, probabilities))
                .optLabels(labels)
                .build();
    }

    @Test
    void should_list_all_measures() {
        assertThat(all().stream().map(Measure::getName))
                .containsExactly(
                        "accuracy",
                        "coverage",
                        "fid",
                        "hog",
                        "is",
                        "kid",
                        "mae",
                        "modes",
                        "ms-ssim",
                        "novelty",
                        "precision",
                        "psnr",
                        "spread",
                        "ssim",
                        "swd",
                        "swd-patches");
    }

    @ParameterizedTest
    @MethodSource("all")
    void should_give_values_that_protocols_can_name(Measure measure) {
        Evidence real = everything(60, 1);
        Evidence fake = everything(60, 2);

        Map<String, Double> values = measure.evaluate(real, fake, 3);

        assertThat(values).containsKey(measure.getName());
        assertThat(values.values()).allSatisfy(value -> assertThat(value).isFinite());
        assertThat(measure.evaluate(real, fake, 3)).isEqualTo(values);
        for (String key : values.keySet()) {
            ProtocolName name = ProtocolName.of(measure, key, 60, "digits-v1");
            assertThat(ProtocolName.parse(name.toString())).isEqualTo(name);
        }
        assertThat(measure.getSummary()).isNotBlank();
    }

    @ParameterizedTest
    @MethodSource("all")
    void should_say_what_is_missing(Measure measure) {
        Evidence nothing = Evidence.builder().build();

        assertThatThrownBy(() -> measure.evaluate(nothing, nothing, 1))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("The measure needs ");
    }

    @Test
    void should_list_what_the_evidence_suffices_for() {
        Evidence features = Evidence.of(Samples.normal(10, 2, 0, 1, 1));

        assertThat(Measures.list(features, features).stream().map(Measure::getName))
                .containsExactly("coverage", "fid", "kid", "novelty", "precision", "swd");
    }

    @Test
    void should_scale_features_to_unit_length_for_neighbourhoods_only() {
        assertThat(all().stream().filter(Measure::isOnUnitFeatures).map(Measure::getName))
                .containsExactly("coverage", "precision");

        // Raw features of the same directions but other lengths have nothing in common.
        Features real = Samples.normal(100, 3, 0, 1, 1);
        float[] longer = new float[300];
        for (int i = 0; i < 300; i++) {
            longer[i] = 1000 * real.get(i / 3, i % 3);
        }
        Evidence fake = Evidence.of(Features.of(3, longer));
        assertThat(new PrecisionRecall().evaluate(Evidence.of(real), fake, 1))
                .isEqualTo(Map.of("precision", 1.0, "recall", 1.0));
    }

    @Test
    void should_suggest_the_name_that_was_meant() {
        assertThat(Measures.find("fid")).isInstanceOf(FrechetDistance.class);
        assertThatThrownBy(() -> Measures.find("fod"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("did you mean 'fid'?");
    }

    @Test
    void should_take_the_most_probable_classes_unless_others_are_given() {
        Features probabilities = Features.of(2, 0.1f, 0.9f, 0.8f, 0.2f);

        Evidence probable = Evidence.builder().optProbabilities(probabilities).build();
        Evidence given =
                Evidence.builder()
                        .optProbabilities(probabilities)
                        .optClasses(new int[] {7, 8}, 1000)
                        .build();

        assertThat(probable.getClasses()).containsExactly(1, 0);
        assertThat(probable.getClassCount()).isEqualTo(2);
        assertThat(given.getClasses()).containsExactly(7, 8);
        assertThat(given.getClassCount()).isEqualTo(1000);
        assertThat(probable.has(Set.of(Evidence.Part.CLASSES, Evidence.Part.PROBABILITIES)))
                .isTrue();
        assertThat(probable.has(Evidence.Part.LABELS)).isFalse();
    }

    @Test
    void should_refuse_evidence_of_different_samples() {
        Evidence.Builder builder =
                Evidence.builder().optFeatures(Samples.normal(3, 2, 0, 1, 1)).optLabels(1, 2);

        assertThatThrownBy(builder::build)
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("3 and of 2 samples");
    }
}
