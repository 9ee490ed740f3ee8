package io.github.gan4j.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.types.Shape;
import io.github.gan4j.InvalidInputException;
import io.github.gan4j.data.Augmentation;
import io.github.gan4j.data.DatasetOptions;
import io.github.gan4j.data.Datasets;
import io.github.gan4j.data.EpochSampler;
import io.github.gan4j.data.SampleDataset;
import io.github.gan4j.data.TranslationDataset;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmbeddedTranslationTest {

    private static final DatasetOptions OPTIONS = DatasetOptions.defaults();
    private static final DatasetOptions TEST = OPTIONS.withTest(true);

    @ParameterizedTest
    @CsvSource({"emoji, 681, 680, 202", "sketch, 1392, 1392, 202", "tones, 127, 126, 61"})
    void should_open_by_name(String name, int countA, int countB, int countTest) throws Exception {
        SampleDataset dataset = Datasets.open(name, OPTIONS);
        assertThat(dataset).isInstanceOf(TranslationImages.class);
        TranslationImages images = (TranslationImages) dataset;
        assertThat(images.getName()).isEqualTo(name);
        assertThat(images.isPaired()).isEqualTo(name.equals("sketch"));
        assertThat(images.getShapeA()).isEqualTo(new Shape(3, 32, 32));
        assertThat(images.getShapeB()).isEqualTo(new Shape(3, 32, 32));
        assertThat(images.getNamesA()).hasSize(countA);
        assertThat(images.getNamesB()).hasSize(countB);
        assertThat(images.size()).isEqualTo(Math.max(countA, countB));
        TranslationDataset test = images.getTest().orElseThrow();
        assertThat(test.isPaired()).isTrue();
        assertThat(test.size()).isEqualTo(countTest);
        assertThat(Datasets.open(name, TEST).size()).isEqualTo(countTest);
    }

    @ParameterizedTest
    @ValueSource(strings = {"emoji", "sketch", "tones"})
    void should_hold_out_names_and_pictures(String name) throws Exception {
        PictureArchive archive = archive(name);
        for (String domain : List.of("A", "B")) {
            PictureArchive.Part train = archive.getPart("train" + domain);
            PictureArchive.Part test = archive.getPart("test" + domain);
            assertThat(train.names()).doesNotContainAnyElementsOf(test.names());
            assertThat(train.names()).doesNotHaveDuplicates().isSorted();
            Set<ByteBuffer> seen = new HashSet<>(pictures(train));
            assertThat(pictures(test)).noneMatch(seen::contains);
        }
        assertThat(archive.getPart("testA").names()).isEqualTo(archive.getPart("testB").names());
    }

    @ParameterizedTest
    @ValueSource(strings = {"emoji", "tones"})
    void should_share_no_name_between_unpaired_training_halves(String name) throws Exception {
        TranslationImages images = EmbeddedTranslation.open(name, OPTIONS);
        assertThat(images.getNamesA()).doesNotContainAnyElementsOf(images.getNamesB());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void should_serve_an_archive_that_holds_nothing_out(boolean paired) throws Exception {
        PictureArchive whole = archive("sketch");
        PictureArchive part =
                new PictureArchive(
                        Map.of(
                                "trainA", whole.getPart("trainA"),
                                "trainB", whole.getPart("trainB")));
        TranslationImages images = TranslationDatasets.of("mine", part, paired, OPTIONS);
        assertThat(images.isPaired()).isEqualTo(paired);
        assertThat(images.size()).isEqualTo(1392);
        assertThat(images.getTest()).isEmpty();
        assertThatThrownBy(() -> TranslationDatasets.of("mine", part, paired, TEST))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no part 'testA'");
    }

    @Test
    void should_share_all_names_between_paired_training_halves() throws Exception {
        PictureArchive archive = archive("sketch");
        assertThat(archive.getPart("trainA").names()).isEqualTo(archive.getPart("trainB").names());
    }

    @ParameterizedTest
    @CsvSource({
        // The colours in the middle, as the two designers give them in their SVG.
        "red-heart, F44336, F8312F",
        "green-square, 7CB342, 00D26A",
        "orange-square, FF9800, FF6723",
        "large-blue-diamond, 2196F3, 0074BA"
    })
    void should_know_the_truth_of_what_is_held_out(String emoji, String noto, String fluent)
            throws Exception {
        PairedImages test = (PairedImages) EmbeddedTranslation.open("emoji", TEST);
        int index = test.getNamesA().indexOf(emoji);
        List<Epochs.Sample> samples = Epochs.read(test, new EpochSampler(1, 0, 1));
        Epochs.Sample sample =
                samples.stream().filter(s -> s.index() == index).findFirst().orElseThrow();
        assertThat(middle(sample.a())).isEqualTo(noto);
        assertThat(middle(sample.b())).isEqualTo(fluent);
    }

    @ParameterizedTest
    @ValueSource(strings = {"emoji", "sketch", "tones"})
    void should_look_more_like_the_truth_than_like_others(String name) throws Exception {
        TranslationDataset test = EmbeddedTranslation.open(name, TEST);
        List<Epochs.Sample> samples = Epochs.read(test, new EpochSampler(1, 0, 1));
        double own = 0;
        double other = 0;
        for (int i = 0; i < samples.size(); i++) {
            own += distance(samples.get(i).a(), samples.get(i).b());
            other += distance(samples.get(i).a(), samples.get((i + 1) % samples.size()).b());
        }
        assertThat(own).isLessThan(0.85 * other);
    }

    @ParameterizedTest
    @ValueSource(strings = {"emoji", "sketch", "tones"})
    void should_have_white_corners_and_no_blank_picture(String name) throws Exception {
        PictureArchive archive = archive(name);
        for (String part : List.of("trainA", "trainB", "testA", "testB")) {
            int white = 0;
            for (ByteBuffer picture : pictures(archive.getPart(part))) {
                Set<Byte> values = new HashSet<>();
                for (int i = 0; i < picture.remaining(); i++) {
                    values.add(picture.get(i));
                }
                assertThat(values).hasSizeGreaterThan(1);
                white += picture.get(0) == -1 ? 1 : 0;
            }
            assertThat(white).isGreaterThan(archive.getPart(part).names().size() * 8 / 10);
        }
    }

    @ParameterizedTest
    @CsvSource({"emoji", "sketch", "tones"})
    void should_hold_what_the_notice_says(String name) throws Exception {
        Map<String, Integer> counts = new HashMap<>();
        for (String part : List.of("trainA", "trainB", "testA")) {
            counts.put(part, archive(name).getPart(part).names().size());
        }
        String line =
                name.equals("sketch")
                        ? "%,d pairs, %d pairs".formatted(counts.get("trainA"), counts.get("testA"))
                        : "%d, %d, %d pairs"
                                .formatted(
                                        counts.get("trainA"),
                                        counts.get("trainB"),
                                        counts.get("testA"));
        try (InputStream in = resource("NOTICE.md")) {
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                    .contains("`" + name + ".zip`", line, "Copyright (c) Microsoft Corporation");
        }
    }

    @Test
    void should_draw_sketches_in_grey_and_repeat_it() throws Exception {
        assertThat(archive("sketch").getPart("trainA").pictures().getShape())
                .containsExactly(1392, 1, 32, 32);
        TranslationDataset sketch = EmbeddedTranslation.open("sketch", OPTIONS);
        List<Float> line = Epochs.read(sketch, new EpochSampler(1, 0, 8)).get(0).a();
        assertThat(line.subList(0, 1024))
                .isEqualTo(line.subList(1024, 2048))
                .isEqualTo(line.subList(2048, 3072));
    }

    @Test
    void should_be_enlarged_for_a_crop_but_not_for_good() throws Exception {
        DatasetOptions varied =
                OPTIONS.withAugmentation(Augmentation.resizeAndCrop(36).withMirrored(true));
        TranslationDataset tones = EmbeddedTranslation.open("tones", varied);
        assertThat(tones.getShapeA()).isEqualTo(new Shape(3, 32, 32));
        List<Epochs.Sample> samples = Epochs.read(tones, new EpochSampler(1, 0, 25));
        assertThat(Epochs.read(tones, new EpochSampler(1, 0, 5))).isEqualTo(samples);
        assertThat(Epochs.read(tones, new EpochSampler(1, 1, 25))).isNotEqualTo(samples);
        assertThatThrownBy(() -> EmbeddedTranslation.open("emoji", OPTIONS.withSize(64)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "Image size 64 is too large for emoji, whose pictures have 32 pixels a"
                                + " side: use 32 or less, or draw larger ones with"
                                + " gan-datasets/tools/make-emoji.sh.");
        assertThat(EmbeddedTranslation.open("tones", OPTIONS.withSize(16)).getShapeB())
                .isEqualTo(new Shape(3, 16, 16));
    }

    private static String middle(List<Float> picture) {
        StringBuilder colour = new StringBuilder();
        for (int c = 0; c < 3; c++) {
            float value = picture.get((c * 32 + 16) * 32 + 16);
            colour.append("%02X".formatted(Epochs.toByte(value)));
        }
        return colour.toString();
    }

    private static double distance(List<Float> a, List<Float> b) {
        double sum = 0;
        for (int i = 0; i < a.size(); i++) {
            sum += Math.abs(a.get(i) - b.get(i));
        }
        return sum;
    }

    private static List<ByteBuffer> pictures(PictureArchive.Part part) {
        int count = part.names().size();
        int volume = part.pictures().getData().length / count;
        return IntStream.range(0, count)
                .mapToObj(
                        i -> ByteBuffer.wrap(part.pictures().getData(), i * volume, volume).slice())
                .toList();
    }

    private static PictureArchive archive(String name) throws Exception {
        try (InputStream in = resource(name + ".zip")) {
            return PictureArchive.read(in);
        }
    }

    private static InputStream resource(String file) {
        return EmbeddedTranslation.class.getResourceAsStream("translation/" + file);
    }
}
