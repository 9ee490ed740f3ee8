package io.github.gan4j.loss;

import static io.github.gan4j.TestSupport.list;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.gan4j.InvalidInputException;
import io.github.gan4j.SeparableLoss;
import io.github.gan4j.TestSupport;
import io.github.gan4j.torch.Autograd;
import io.github.gan4j.torch.GradMode;
import io.github.gan4j.torch.Torch;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Labels that are smooth, or flipped: what the discriminator is told. */
class LabelsTest {

    private static final int COUNT = 2000;

    private final NDManager manager = TestSupport.newManager();
    private final GradMode recording = GradMode.on();

    @AfterEach
    void close() {
        recording.close();
        manager.close();
    }

    /** At a score of zero the probability is 1/2, and its slope says which label was given. */
    @Test
    void should_flip_the_given_share_of_labels_on_both_sides() {
        SeparableLoss loss = new NonSaturatingLoss(1, 0.25f);

        float[] real = slopes(loss::realLoss, 3, COUNT, 1);
        float[] fake = slopes(loss::fakeLoss, 3, COUNT, 1);

        // Told to be real, a score should rise: its slope is negative. Each sample weighs 1 / N.
        assertThat(distinct(real)).containsExactly(-500, 500);
        assertThat(distinct(fake)).containsExactly(-500, 500);
        assertThat(share(real, true)).isEqualTo(0.25, within(0.03));
        assertThat(share(fake, false)).isEqualTo(0.25, within(0.03));
    }

    @Test
    void should_pull_flipped_scores_to_the_target_of_the_other_kind() {
        SeparableLoss loss = new LeastSquaresLoss(0.9f, -1, 0, 0.25f);

        float[] real = slopes(loss::realLoss, 3, COUNT, 1);
        float[] fake = slopes(loss::fakeLoss, 3, COUNT, 1);

        assertThat(distinct(real)).containsExactly(-900, 1000);
        assertThat(distinct(fake)).containsExactly(-900, 1000);
        assertThat(share(real, true)).isEqualTo(0.25, within(0.03));
        assertThat(share(fake, false)).isEqualTo(0.25, within(0.03));
    }

    /** One-sided smoothing belongs to the label real, whoever bears it. */
    @Test
    void should_smooth_the_label_real_only() {
        SeparableLoss smooth = new NonSaturatingLoss(0.9f, 0);
        SeparableLoss flipped = new NonSaturatingLoss(0.9f, 0.25f);

        // sigmoid(0) - target
        assertThat(distinct(slopes(smooth::realLoss, 3, COUNT, 1))).containsExactly(-400);
        assertThat(distinct(slopes(smooth::fakeLoss, 3, COUNT, 1))).containsExactly(500);
        assertThat(distinct(slopes(flipped::realLoss, 3, COUNT, 1))).containsExactly(-400, 500);
        assertThat(distinct(slopes(flipped::fakeLoss, 3, COUNT, 1))).containsExactly(-400, 500);
    }

    /** A label belongs to a sample: all patches of a map of scores bear the same. */
    @Test
    void should_flip_all_scores_of_a_sample_together() {
        float[] slopes = slopes(new NonSaturatingLoss(1, 0.4f)::realLoss, 3, 50, 4);

        assertThat(distinct(slopes)).hasSize(2);
        for (int sample = 0; sample < 50; sample++) {
            for (int patch = 1; patch < 4; patch++) {
                assertThat(slopes[4 * sample + patch]).isEqualTo(slopes[4 * sample]);
            }
        }
    }

    /** The seed of the step decides, so a resumed training flips the same labels. */
    @Test
    void should_flip_the_same_labels_for_the_same_seed() {
        SeparableLoss loss = new NonSaturatingLoss(1, 0.25f);

        float[] once = slopes(loss::realLoss, 3, COUNT, 1);

        assertThat(slopes(loss::realLoss, 3, COUNT, 1)).isEqualTo(once);
        assertThat(slopes(loss::realLoss, 4, COUNT, 1)).isNotEqualTo(once);
    }

    /** The generator wants its samples to be taken for real, whatever the discriminator is told. */
    @Test
    void should_leave_the_generator_alone() {
        float[] told = slopes(new NonSaturatingLoss(0.9f, 0.4f)::generatorLoss, 3, 8, 1);
        float[] plain = slopes(new NonSaturatingLoss()::generatorLoss, 3, 8, 1);

        assertThat(told).isEqualTo(plain);
        assertThat(slopes(new LeastSquaresLoss(0.9f, 0, 1, 0.4f)::generatorLoss, 3, 8, 1))
                .isEqualTo(slopes(new LeastSquaresLoss()::generatorLoss, 3, 8, 1));
    }

    @ParameterizedTest
    @ValueSource(floats = {-0.1f, 0.5f, Float.NaN})
    void should_refuse_a_share_at_which_labels_say_nothing(float share) {
        String range = " is " + share + "; it must be 0 or more, and below 0.5.";
        assertThatThrownBy(() -> new NonSaturatingLoss(1, share))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("The share of flipped labels of the loss non-saturating" + range);
        assertThatThrownBy(() -> new LeastSquaresLoss(1, 0, 1, share))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("The share of flipped labels of the loss least-squares" + range);
    }

    /** The slopes of a loss by scores that are all zero. */
    private float[] slopes(Function<NDArray, NDArray> loss, long seed, long samples, long patches) {
        Torch.seed(seed);
        NDArray scores = manager.zeros(new Shape(samples, patches));
        scores.setRequiresGradient(true);
        return Autograd.gradients(manager, loss.apply(scores), list(scores)).get(0).toFloatArray();
    }

    private static double share(float[] slopes, boolean positive) {
        int count = 0;
        for (float slope : slopes) {
            count += slope > 0 == positive ? 1 : 0;
        }
        return (double) count / slopes.length;
    }

    /** The slopes of single samples, in thousandths. */
    private static Set<Integer> distinct(float[] slopes) {
        Set<Integer> set = new TreeSet<>();
        for (float slope : slopes) {
            set.add(Math.round(slope * COUNT * 1000));
        }
        return set;
    }
}
