package io.github.gan4j.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.types.Shape;
import io.github.gan4j.InvalidInputException;
import io.github.gan4j.data.Augmentation;
import io.github.gan4j.data.DatasetOptions;
import io.github.gan4j.data.EpochSampler;
import io.github.gan4j.data.TranslationDataset;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PairedImagesTest {

    private static final DatasetOptions OPTIONS = DatasetOptions.defaults().withSize(8);
    private static final DatasetOptions VARIED =
            OPTIONS.withAugmentation(Augmentation.crop().withMirrored(true));

    /** What domain B of a test pair is brighter by. */
    private static final int BRIGHTER = 100;

    @TempDir Path folder;

    @Test
    void should_split_pictures_side_by_side() throws Exception {
        image("train/x.png", sideBySide(8, 8, 3));
        PairedImages images = PairedImages.open(folder, OPTIONS);
        assertThat(images.isPaired()).isTrue();
        assertThat(images.getShapeA()).isEqualTo(new Shape(1, 8, 8));
        assertThat(images.getNamesA()).containsExactly("x.png").isEqualTo(images.getNamesB());
        Epochs.Sample sample = Epochs.read(images, new EpochSampler(1, 0, 1)).get(0);
        for (int i = 0; i < 64; i++) {
            int expected = i % 8 * 3 + i / 8;
            assertThat(Epochs.toByte(sample.a().get(i))).isEqualTo(expected);
            assertThat(Epochs.toByte(sample.b().get(i))).isEqualTo(expected + BRIGHTER);
        }
    }

    @Test
    void should_crop_and_mirror_both_halves_alike() throws Exception {
        for (int i = 0; i < 6; i++) {
            image("train/" + i + ".png", sideBySide(11, 10, 3));
        }
        PairedImages images = PairedImages.open(folder, VARIED);
        Set<List<Float>> seen = new HashSet<>();
        for (int epoch = 0; epoch < 30; epoch++) {
            for (Epochs.Sample sample : Epochs.read(images, new EpochSampler(1, epoch, 3))) {
                seen.add(sample.a());
                for (int i = 0; i < 64; i++) {
                    assertThat(Epochs.toByte(sample.b().get(i)) - Epochs.toByte(sample.a().get(i)))
                            .isEqualTo(BRIGHTER);
                }
            }
        }
        // 4 x 3 places, mirrored or not.
        assertThat(seen).hasSize(24);
    }

    @Test
    void should_scale_halves_before_the_crop() throws Exception {
        image("train/x.png", sideBySide(20, 30, 2));
        DatasetOptions options = OPTIONS.withAugmentation(Augmentation.resizeAndCrop(10));
        Epochs.Sample sample =
                Epochs.read(PairedImages.open(folder, options), new EpochSampler(1, 0, 1)).get(0);
        for (int i = 0; i < 64; i++) {
            assertThat(Epochs.toByte(sample.b().get(i)) - Epochs.toByte(sample.a().get(i)))
                    .isBetween(BRIGHTER - 1, BRIGHTER + 1);
        }
    }

    @Test
    void should_give_the_same_samples_again_and_when_resumed() throws Exception {
        for (int i = 0; i < 6; i++) {
            image("train/" + i + ".png", sideBySide(11, 10, i));
        }
        List<Epochs.Sample> whole =
                Epochs.read(PairedImages.open(folder, VARIED), new EpochSampler(7, 3, 2));
        PairedImages again = PairedImages.open(folder, VARIED);
        assertThat(Epochs.read(again, new EpochSampler(7, 3, 3))).isEqualTo(whole);
        assertThat(Epochs.read(again, new EpochSampler(7, 3, 2, 1))).isEqualTo(whole.subList(2, 6));
        assertThat(Set.copyOf(Epochs.read(again, new EpochSampler(7, 4, 2))))
                .isNotEqualTo(Set.copyOf(whole));
    }

    @Test
    void should_match_two_folders_by_name() throws Exception {
        for (int i = 0; i < 4; i++) {
            image("trainA/" + i + "_A.png", grey(i));
            image("trainB/" + i + "_B.bmp", grey(BRIGHTER + i));
            image("testA/" + i + ".png", grey(i));
            image("testB/" + i + ".png", grey(BRIGHTER + i));
        }
        PairedImages images = PairedImages.open(folder, OPTIONS);
        assertThat(images.size()).isEqualTo(4);
        TranslationDataset test = images.getTest().orElseThrow();
        for (TranslationDataset part : List.of(images, test)) {
            for (Epochs.Sample sample : Epochs.read(part, new EpochSampler(1, 0, 4))) {
                assertThat(Epochs.toByte(sample.a().get(0))).isEqualTo((int) sample.index());
                assertThat(Epochs.toByte(sample.b().get(0)))
                        .isEqualTo(BRIGHTER + (int) sample.index());
            }
        }
    }

    @Test
    void should_hold_out_test_or_else_val() throws Exception {
        image("train/x.png", sideBySide(8, 8, 3));
        assertThat(PairedImages.open(folder, OPTIONS).getTest()).isEmpty();
        image("val/v.png", sideBySide(8, 8, 3));
        assertThat(names(PairedImages.open(folder, OPTIONS))).containsExactly("v.png");
        image("test/t.png", sideBySide(8, 8, 3));
        assertThat(names(PairedImages.open(folder, OPTIONS))).containsExactly("t.png");
        assertThat(PairedImages.open(folder, OPTIONS.withTest(true)).getNamesA())
                .containsExactly("t.png");
    }

    @Test
    void should_never_vary_the_held_out_part() throws Exception {
        image("train/x.png", sideBySide(12, 12, 3));
        image("test/x.png", sideBySide(12, 12, 3));
        TranslationDataset test = PairedImages.open(folder, VARIED).getTest().orElseThrow();
        for (int epoch = 0; epoch < 10; epoch++) {
            Epochs.Sample sample = Epochs.read(test, new EpochSampler(1, epoch, 1)).get(0);
            // The middle of 12 x 12.
            assertThat(Epochs.toByte(sample.a().get(0))).isEqualTo(2 * 3 + 2);
        }
    }

    @Test
    void should_choose_the_common_size_of_the_halves() throws IOException {
        image("train/x.png", TestImages.noise(64, 32));
        assertThat(PairedImages.open(folder, DatasetOptions.defaults()).getShapeB())
                .isEqualTo(new Shape(3, 32, 32));
    }

    @Test
    void should_serve_as_an_unpaired_set() throws Exception {
        for (int i = 0; i < 8; i++) {
            image("trainA/" + i + ".png", grey(i));
            image("trainB/" + i + ".png", grey(BRIGHTER + i));
        }
        UnpairedImages unpaired = PairedImages.open(folder, OPTIONS).unpaired();
        assertThat(unpaired.isPaired()).isFalse();
        Set<Integer> differences = new HashSet<>();
        for (Epochs.Sample sample : Epochs.read(unpaired, new EpochSampler(1, 0, 8))) {
            differences.add(Epochs.toByte(sample.b().get(0)) - Epochs.toByte(sample.a().get(0)));
        }
        assertThat(differences.size()).isGreaterThan(2);
    }

    @Test
    void should_skip_a_pair_if_either_half_cannot_be_read() throws IOException {
        for (int i = 0; i < 4; i++) {
            image("trainA/" + i + ".png", grey(i));
            image("trainB/" + i + ".png", grey(i));
        }
        Files.writeString(folder.resolve("trainA/1.png"), "bad");
        Files.writeString(folder.resolve("trainB/2.png"), "bad");
        PairedImages images = PairedImages.open(folder, OPTIONS);
        assertThat(images.getNamesB()).containsExactly("0.png", "3.png");
        assertThat(images.getSkippedFiles()).containsExactly("1.png", "2.png");
        Files.delete(folder.resolve("trainA/1.png"));
        Files.delete(folder.resolve("trainB/1.png"));
        assertThatThrownBy(() -> PairedImages.open(folder, OPTIONS.withStrict(true)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "Cannot read '2.png' in '%s' (its partner '%s': not an image): remove it,"
                                + " or leave strict off to skip it.",
                        folder.resolve("trainA"), folder.resolve("trainB").resolve("2.png"));
    }

    @Test
    void should_pass_over_pairs_of_odd_width() throws IOException {
        image("train/odd.png", TestImages.noise(17, 8));
        assertThatThrownBy(() -> PairedImages.open(folder, OPTIONS))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "None of the 1 images in '%s' can be read (odd.png: its width of 17 pixels"
                                + " is odd, so it has no two halves): replace them with sound"
                                + " files.",
                        folder.resolve("train"));
        image("train/x.png", TestImages.noise(16, 8));
        assertThat(PairedImages.open(folder, OPTIONS).getSkippedFiles()).containsExactly("odd.png");
    }

    @Test
    void should_pass_over_pairs_that_cannot_be_cropped() throws IOException {
        image("train/small.png", TestImages.noise(14, 8));
        assertThatThrownBy(() -> PairedImages.open(folder, VARIED))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("(small.png: 7 x 8 pixels, too small for a crop of 8:");
    }

    @Test
    void should_pass_over_pairs_of_different_size_if_they_are_not_scaled() throws IOException {
        image("trainA/x.png", TestImages.noise(9, 9));
        image("trainB/x.png", TestImages.noise(10, 9));
        assertThatThrownBy(() -> PairedImages.open(folder, VARIED))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("(x.png: 9 x 9 pixels, but its partner 10 x 9:");
        assertThat(PairedImages.open(folder, OPTIONS).size()).isEqualTo(1);
    }

    @Test
    void should_fail_if_pictures_have_no_partner() throws IOException {
        for (int i = 0; i < 4; i++) {
            image("trainA/a" + i + ".png", grey(i));
            image("trainB/b" + i + ".png", grey(i));
        }
        image("trainA/both.png", grey(0));
        image("trainB/both.png", grey(0));
        assertThatThrownBy(() -> PairedImages.open(folder, OPTIONS))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "Pictures in '%1$sA' and '%1$sB' without a partner of the same name: 8"
                                + " (trainA/a0.png, trainA/a1.png, trainA/a2.png, trainA/a3.png,"
                                + " trainB/b0.png and 3 more). Add their partners, or remove them.",
                        folder.resolve("train"));
    }

    @Test
    void should_fail_if_two_pictures_have_one_name() throws IOException {
        image("trainA/x.png", grey(0));
        image("trainA/x.bmp", grey(0));
        image("trainB/x.png", grey(0));
        assertThatThrownBy(() -> PairedImages.open(folder, OPTIONS))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageEndingWith(
                        "holds two pictures of one name, x.bmp and x.png: rename one of them.");
    }

    @Test
    void should_fail_if_folders_are_missing() throws IOException {
        image("pictures/x.png", grey(0));
        assertThatThrownBy(() -> PairedImages.open(folder, OPTIONS))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "'%s' lacks a folder train of pairs side by side, and trainA and trainB"
                                + " (found: pictures): paired translation needs one or the other.",
                        folder);
        image("trainB/x.png", grey(0));
        assertThatThrownBy(() -> PairedImages.open(folder, OPTIONS))
                .hasMessageContaining("lacks the folder trainA (found: pictures, trainB)");
        assertThatThrownBy(() -> PairedImages.open(folder, OPTIONS.withTest(true)))
                .hasMessageContaining("lacks a folder test or val of pairs side by side");
    }

    private void image(String name, BufferedImage image) throws IOException {
        TestImages.write(folder.resolve(name), image);
    }

    private static List<String> names(PairedImages images) {
        return ((PairedImages) images.getTest().orElseThrow()).getNamesA();
    }

    private static BufferedImage grey(int value) {
        return TestImages.grey(BufferedImage.TYPE_BYTE_GRAY, 8, 8, value);
    }

    /** A ramp, and beside it the same, brighter. */
    private static BufferedImage sideBySide(int width, int height, int step) {
        BufferedImage ramp = TestImages.ramp(width, height, step);
        BufferedImage both = new BufferedImage(2 * width, height, BufferedImage.TYPE_BYTE_GRAY);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int value = ramp.getRaster().getSample(x, y, 0);
                both.getRaster().setSample(x, y, 0, value);
                both.getRaster().setSample(width + x, y, 0, value + BRIGHTER);
            }
        }
        return both;
    }
}
