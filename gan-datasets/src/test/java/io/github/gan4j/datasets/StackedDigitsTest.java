package io.github.gan4j.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.dataset.Batch;
import io.github.gan4j.InvalidInputException;
import io.github.gan4j.data.DatasetOptions;
import io.github.gan4j.data.Datasets;
import io.github.gan4j.data.EpochSampler;
import io.github.gan4j.data.SampleDataset;
import io.github.gan4j.torch.Torch;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StackedDigitsTest {

    private static final DatasetOptions OPTIONS = DatasetOptions.defaults();

    /** A picture of two pixels a side of each of ten digits, all of its own brightness. */
    private static SmallImages ten() {
        byte[] pixels = new byte[40];
        byte[] labels = new byte[10];
        for (int i = 0; i < 10; i++) {
            labels[i] = (byte) i;
            Arrays.fill(pixels, 4 * i, 4 * i + 4, (byte) (25 * i));
        }
        return new SmallImages("ten", pixels, 2, labels, Digits.CLASS_NAMES, OPTIONS);
    }

    private static float[] read(ImageDataset data, long index) throws IOException {
        float[] sample = new float[(int) data.getSampleShape().size()];
        data.read(index, sample);
        return sample;
    }

    @Test
    void should_open_by_name() throws IOException {
        SampleDataset digits = Datasets.open("stacked-digits", OPTIONS);
        assertThat(digits.getName()).isEqualTo("stacked-digits");
        assertThat(digits.size()).isEqualTo(128_000);
        assertThat(digits.getSampleShape()).isEqualTo(new Shape(3, 28, 28));
        assertThat(digits.getClassNames()).hasSize(1000).startsWith("000").endsWith("999");
        assertThat(digits.getClassNames().get(42)).isEqualTo("042");
        assertThat(Datasets.open("stacked-digits", OPTIONS.withTest(true)).size())
                .isEqualTo(26_000);
        assertThat(Datasets.open("stacked-digits", OPTIONS.withSize(32)).getSampleShape())
                .isEqualTo(new Shape(3, 32, 32));
    }

    @Test
    void should_label_a_triple_by_its_digits() throws IOException {
        StackedDigits triples = new StackedDigits("triples", ten(), 2000, 5);
        Set<Long> seen = new HashSet<>();
        for (int i = 0; i < 2000; i++) {
            float[] sample = read(triples, i);
            long[] digits = new long[3];
            for (int c = 0; c < 3; c++) {
                digits[c] = Math.round((sample[4 * c] + 1) * 127.5 / 25);
                assertThat(sample[4 * c + 3]).isEqualTo(sample[4 * c]);
            }
            assertThat(triples.label(i)).isEqualTo(100 * digits[0] + 10 * digits[1] + digits[2]);
            seen.add(triples.label(i));
        }
        // Of 1000 classes about exp(-2) are not drawn.
        assertThat(seen).hasSizeBetween(820, 910);
    }

    @Test
    void should_draw_digits_evenly_and_independently() {
        StackedDigits triples = new StackedDigits("triples", ten(), 100_000, 5);
        int[][] pairs = new int[3][100];
        for (int i = 0; i < 100_000; i++) {
            int label = (int) triples.label(i);
            pairs[0][label / 10]++;
            pairs[1][label % 100]++;
            pairs[2][label / 100 * 10 + label % 10]++;
        }
        for (int[] counts : pairs) {
            // 1000 expected, with a standard deviation of 32.
            assertThat(Arrays.stream(counts).min().orElseThrow()).isGreaterThan(850);
            assertThat(Arrays.stream(counts).max().orElseThrow()).isLessThan(1150);
        }
    }

    @Test
    void should_always_hold_the_same_triples() throws IOException {
        StackedDigits digits = StackedDigits.open(OPTIONS);
        assertThat(labels(digits)).containsExactly(88L, 336L, 60L, 141L);
        assertThat(labels(StackedDigits.open(OPTIONS))).isEqualTo(labels(digits));
        assertThat(labels(StackedDigits.open(OPTIONS.withTest(true)))).isNotEqualTo(labels(digits));
    }

    private static List<Long> labels(StackedDigits digits) {
        return List.of(digits.label(0), digits.label(1), digits.label(2), digits.label(127_999));
    }

    @Test
    void should_hold_the_pictures_of_digits() throws IOException {
        StackedDigits triples = StackedDigits.open(OPTIONS);
        SmallImages digits = Digits.open(OPTIONS);
        float[] triple = read(triples, 77);
        for (int c = 0; c < 3; c++) {
            float[] plane = Arrays.copyOfRange(triple, 784 * c, 784 * (c + 1));
            long label = triples.label(77) / (long) Math.pow(10, 2 - c) % 10;
            long same = 0;
            for (int i = 0; i < digits.size(); i++) {
                same += digits.label(i) == label && Arrays.equals(read(digits, i), plane) ? 1 : 0;
            }
            assertThat(same).isEqualTo(1);
        }
    }

    @Test
    void should_give_batches_with_labels() {
        StackedDigits triples = new StackedDigits("triples", ten(), 50, 5);
        try (NDManager manager = Torch.newManager();
                Batch batch =
                        triples.getData(manager, new EpochSampler(1, 0, 8)).iterator().next()) {
            assertThat(batch.getData().head().getShape()).isEqualTo(new Shape(8, 3, 2, 2));
            assertThat(batch.getLabels().head().getDataType()).isEqualTo(DataType.INT64);
            long first = (Long) batch.getIndices().get(0);
            assertThat(batch.getLabels().head().getLong(0)).isEqualTo(triples.label(first));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"stacked-digits", "stacked-mnist"})
    void should_fail_if_grey_pictures_are_asked_for(String name) {
        assertThatThrownBy(() -> Datasets.open(name, OPTIONS.withChannels(1)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "The pictures of %s have a digit in each of 3 channels: leave out"
                                + " --channels.",
                        name);
    }

    @Test
    void should_fail_if_it_is_too_small_or_made_of_something_else() throws IOException {
        assertThat(StackedDigits.open(OPTIONS.withChannels(3)).size()).isEqualTo(128_000);
        assertThatThrownBy(() -> StackedDigits.open(OPTIONS.withSize(20)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("use 28 or more");
        SmallImages colour = Digits.open(OPTIONS.withChannels(3));
        assertThatThrownBy(() -> new StackedDigits("x", colour, 3, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Grey digits of ten classes are stacked");
    }
}
