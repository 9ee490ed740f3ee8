package io.github.gan4j.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TranslationScoresTest {

    private static Images noise(int count, long seed) {
        float[] values = new float[count * 3 * 16 * 16];
        Random random = new Random(seed);
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextFloat() * 2 - 1;
        }
        return Images.of(values, 3, 16, 16);
    }

    @Test
    void should_find_the_truth_perfect_and_anything_else_worse() {
        Images truth = noise(3, 1);
        Map<String, Double> perfect = TranslationScores.measure(truth, truth);
        Map<String, Double> other = TranslationScores.measure(truth, noise(3, 2));
        assertThat(perfect.keySet()).containsExactly("mae", "psnr", "ssim", "hog");
        TranslationScores.getMeasures()
                .forEach(
                        (name, lower) -> {
                            if (lower) {
                                assertThat(perfect.get(name)).isLessThan(other.get(name));
                            } else {
                                assertThat(perfect.get(name)).isGreaterThan(other.get(name));
                            }
                        });
        // The mean distance of two values drawn evenly from 0 to 1.
        assertThat(other.get("mae")).isCloseTo(1.0 / 3, within(0.02));
    }

    @Test
    void should_find_the_nearest_and_of_equals_the_first() {
        float[] values = new float[4 * 256];
        float[] levels = {0, 0.5f, 0.5f, 1};
        for (int i = 0; i < values.length; i++) {
            values[i] = levels[i / 256];
        }
        Images others = Images.of(values, 1, 16, 16);
        float[] asked = new float[3 * 256];
        float[] wanted = {0.9f, 0.6f, -1};
        for (int i = 0; i < asked.length; i++) {
            asked[i] = wanted[i / 256];
        }
        assertThat(TranslationScores.nearest(Images.of(asked, 1, 16, 16), others))
                .containsExactly(3, 1, 0);
    }
}
