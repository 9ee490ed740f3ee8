package io.github.gan4j.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.gan4j.InvalidInputException;
import io.github.gan4j.evaluation.AugmentationStudy.Diet;
import io.github.gan4j.metric.Images;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AugmentationStudyTest {

    private static final int SIDE = 8;

    /** A bright bar: of class 0 it lies, of class 1 it stands; anywhere, in noise. */
    private static SampleSet bars(int count, long seed, boolean honest) {
        Random random = new Random(seed);
        byte[] pixels = new byte[count * SIDE * SIDE];
        int[] labels = new int[count];
        for (int i = 0; i < count; i++) {
            labels[i] = i % 2;
            int place = random.nextInt(SIDE);
            boolean lies = labels[i] == 0;
            for (int j = 0; j < SIDE * SIDE; j++) {
                boolean bright = (lies ? j / SIDE : j % SIDE) == place;
                pixels[i * SIDE * SIDE + j] = (byte) (random.nextInt(60) + (bright ? 180 : 0));
            }
            labels[i] = honest ? labels[i] : 1 - labels[i];
        }
        return SampleSet.of(Images.of(pixels, 1, SIDE, SIDE), labels);
    }

    private static AugmentationStudy study(SampleSet real, SampleSet test) {
        return AugmentationStudy.builder().setReal(real, 2).setTest(test).optUpdates(40).build();
    }

    @Test
    void should_tell_what_generated_samples_are_worth() {
        AugmentationStudy study = study(bars(6, 1, true), bars(200, 2, true));
        SampleSet generated = bars(256, 3, true);
        double few = study.accuracy(Diet.REAL, generated, 0);
        assertThat(study.accuracy(Diet.GENERATED, generated, 0))
                .isGreaterThan(0.95)
                .isGreaterThan(few + 0.05);
        assertThat(study.accuracy(Diet.BOTH, generated, 0)).isGreaterThan(few + 0.05);
    }

    @Test
    void should_find_samples_out_that_are_not_of_the_class_asked_for() {
        AugmentationStudy study = study(bars(100, 1, true), bars(200, 2, true));
        SampleSet mistaken = bars(256, 3, false);
        assertThat(study.accuracy(Diet.GENERATED, mistaken, 0)).isLessThan(0.05);
        assertThat(study.accuracy(Diet.REAL, mistaken, 0)).isGreaterThan(0.9);
    }

    @Test
    void should_gain_by_moving_few_samples() {
        // Bars of the training samples lie and stand in one place only.
        SampleSet real = onePlace();
        AugmentationStudy study = study(real, bars(200, 2, true));
        double still = study.accuracy(Diet.REAL, null, 0);
        assertThat(study.accuracy(Diet.REAL_SHIFTED, null, 0)).isGreaterThan(still + 0.05);
    }

    private static SampleSet onePlace() {
        byte[] pixels = new byte[2 * SIDE * SIDE];
        for (int j = 0; j < SIDE; j++) {
            pixels[4 * SIDE + j] = (byte) 220;
            pixels[SIDE * SIDE + j * SIDE + 4] = (byte) 220;
        }
        return SampleSet.of(Images.of(pixels, 1, SIDE, SIDE), new int[] {0, 1});
    }

    @Test
    void should_depend_on_the_seed_alone() {
        AugmentationStudy study = study(bars(40, 1, true), bars(200, 2, true));
        SampleSet generated = bars(64, 3, true);
        assertThat(study.accuracy(Diet.BOTH_SHIFTED, generated, 1))
                .isEqualTo(study.accuracy(Diet.BOTH_SHIFTED, generated, 1));
    }

    @Test
    void should_refuse_samples_without_classes_or_of_another_size() {
        SampleSet real = bars(10, 1, true);
        SampleSet unlabelled = SampleSet.of(real.getImages(), null);
        assertThatThrownBy(() -> study(real, unlabelled))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "The test samples are no pictures with classes, which a classifier learns.");
        SampleSet small = SampleSet.of(Images.of(new byte[32], 1, 4, 4), new int[] {0, 1});
        assertThatThrownBy(() -> study(real, small))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "The test samples are of (1, 4, 4), the real samples of (1, 8, 8); bring both to one size.");
        assertThatThrownBy(() -> study(real, real).accuracy(Diet.BOTH, unlabelled, 0))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("The generated samples are no pictures");
        AugmentationStudy.Builder none =
                AugmentationStudy.builder().setReal(real, 2).setTest(real).optUpdates(0);
        assertThatThrownBy(none::build)
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("The number of updates is 0; it must be 1 or more.");
    }
}
