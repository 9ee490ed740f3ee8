package io.github.gan4j.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.types.Shape;
import io.github.gan4j.InvalidInputException;
import io.github.gan4j.data.DatasetOptions;
import io.github.gan4j.data.DatasetProvider;
import io.github.gan4j.data.Datasets;
import io.github.gan4j.data.SampleDataset;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DigitsTest {

    private static final DatasetOptions OPTIONS = DatasetOptions.defaults();

    @ParameterizedTest
    @CsvSource({
        "train-images-idx3, 10cfd40b5f541b36e7a57f29e45699f7f629f2ed5cb2742ebb3e1e373542df5c",
        "train-labels-idx1, daf3ddf9de313262d317eec0672761dc63cb1dbe92ee593e178d5dc7eaae5a50",
        "t10k-images-idx3, 0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
        "t10k-labels-idx1, ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
    })
    void should_hold_what_the_notice_says(String name, String sha256) throws Exception {
        assertThat(digest("SHA-256", name)).isEqualTo(sha256);
    }

    @Test
    void should_hold_the_whole_test_set_of_mnist() throws Exception {
        // The checksum that MNIST is published with.
        assertThat(digest("MD5", "t10k-images-idx3")).isEqualTo("2646ac647ad5339dbf082846283269ea");
    }

    @Test
    void should_hold_all_classes() throws Exception {
        assertThat(counts(Digits.open(OPTIONS)))
                .containsExactly(988, 1168, 952, 1014, 935, 903, 979, 1054, 1024, 983);
        assertThat(counts(Digits.open(OPTIONS.withTest(true))))
                .containsExactly(980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009);
    }

    @Test
    void should_open_by_name() throws Exception {
        SampleDataset digits = Datasets.open("digits", OPTIONS);
        assertThat(digits.getName()).isEqualTo("digits");
        assertThat(digits.size()).isEqualTo(10_000);
        assertThat(digits.getSampleShape()).isEqualTo(new Shape(1, 28, 28));
        assertThat(digits.getClassNames()).hasSize(10).startsWith("0").endsWith("9");
    }

    @Test
    void should_range_from_minus_one_to_one() throws Exception {
        float[] sample = read(Digits.open(OPTIONS), 28, 1);
        assertThat(sample).contains(-1f, 1f);
        for (float value : sample) {
            assertThat(value).isBetween(-1f, 1f);
        }
    }

    @ParameterizedTest
    @CsvSource({"28, 0", "32, 2", "33, 2", "48, 10"})
    void should_border_and_not_scale(int size, int border) throws Exception {
        float[] original = read(Digits.open(OPTIONS), 28, 1);
        float[] bordered = read(Digits.open(OPTIONS.withSize(size)), size, 1);
        for (int y = 0; y < size; y++) {
            for (int x = 0; x < size; x++) {
                int fromY = y - border;
                int fromX = x - border;
                boolean inside = fromY >= 0 && fromY < 28 && fromX >= 0 && fromX < 28;
                float expected = inside ? original[fromY * 28 + fromX] : -1f;
                assertThat(bordered[y * size + x]).isEqualTo(expected);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"56, 2, 0", "64, 2, 4", "128, 4, 8"})
    void should_enlarge_by_whole_numbers(int size, int factor, int border) throws Exception {
        float[] original = read(Digits.open(OPTIONS), 28, 1);
        float[] enlarged = read(Digits.open(OPTIONS.withSize(size)), size, 1);
        for (int i = 0; i < border * size; i++) {
            assertThat(enlarged[i]).isEqualTo(-1f);
        }
        // Averages of blocks give back the picture, but for what bleeds in from the neighbours.
        double difference = 0;
        for (int y = 0; y < 28; y++) {
            for (int x = 0; x < 28; x++) {
                double sum = 0;
                for (int i = 0; i < factor * factor; i++) {
                    int row = border + y * factor + i / factor;
                    sum += enlarged[row * size + border + x * factor + i % factor];
                }
                difference += sum / (factor * factor) - original[y * 28 + x];
            }
        }
        assertThat(difference / 784).isBetween(-0.001, 0.001);
    }

    @Test
    void should_enlarge_bilinearly() {
        byte[] pixels = {0, (byte) 255, 0, (byte) 255};
        SmallImages images =
                new SmallImages(
                        "two", pixels, 2, new byte[1], Digits.CLASS_NAMES, OPTIONS.withSize(4));
        assertThat(read(images, 4, 1)).startsWith(-1f, -0.5f, 0.5f, 1f).endsWith(-0.5f, 0.5f, 1f);
    }

    @Test
    void should_repeat_grey_for_three_channels() throws Exception {
        float[] grey = read(Digits.open(OPTIONS.withSize(32)), 32, 1);
        SmallImages colour = Digits.open(OPTIONS.withSize(32).withChannels(3));
        assertThat(colour.getSampleShape()).isEqualTo(new Shape(3, 32, 32));
        float[] all = read(colour, 32, 3);
        for (int i = 0; i < all.length; i++) {
            assertThat(all[i]).isEqualTo(grey[i % grey.length]);
        }
    }

    @Test
    void should_fail_if_size_is_less_than_28() {
        assertThatThrownBy(() -> Digits.open(OPTIONS.withSize(16)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "Image size 16 is too small for digits, whose pictures have 28 pixels a"
                                + " side and are never shrunk: use 28 or more.");
    }

    @Test
    void should_list_all_providers() {
        assertThat(Datasets.list())
                .extracting(DatasetProvider::getName)
                .containsExactly(
                        "<folder>",
                        "digits",
                        "emoji",
                        "fashion-mnist",
                        "grid",
                        "mnist",
                        "ring",
                        "sketch",
                        "stacked-digits",
                        "stacked-mnist",
                        "tones");
        assertThat(Datasets.list())
                .extracting(DatasetProvider::getSummary)
                .allMatch(line -> !line.isBlank() && line.lines().count() == 1);
    }

    @Test
    void should_fail_if_the_name_is_mistyped() {
        assertThatThrownBy(() -> Datasets.open("fashon-mnist", OPTIONS))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "No data set and no folder is called 'fashon-mnist'; did you mean"
                                + " 'fashion-mnist'? 'gan4j list' shows all data sets.");
    }

    private static int[] counts(SmallImages images) {
        int[] counts = new int[10];
        for (int i = 0; i < images.size(); i++) {
            counts[(int) images.label(i)]++;
        }
        return counts;
    }

    private static float[] read(SmallImages images, int size, int channels) {
        float[] sample = new float[channels * size * size];
        images.read(0, sample);
        return sample;
    }

    private static String digest(String algorithm, String name) throws Exception {
        try (InputStream in = Digits.class.getResourceAsStream("digits/" + name + "-ubyte.gz");
                InputStream content = new GZIPInputStream(in)) {
            byte[] sum = MessageDigest.getInstance(algorithm).digest(content.readAllBytes());
            return HexFormat.of().formatHex(sum);
        }
    }
}
