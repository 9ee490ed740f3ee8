package io.github.gan4j.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.dataset.Batch;
import ai.djl.training.dataset.BatchSampler;
import ai.djl.training.dataset.Record;
import ai.djl.training.dataset.SequenceSampler;
import io.github.gan4j.InvalidInputException;
import io.github.gan4j.data.Augmentation;
import io.github.gan4j.data.DatasetOptions;
import io.github.gan4j.data.Datasets;
import io.github.gan4j.data.EpochSampler;
import io.github.gan4j.data.TranslationDataset;
import io.github.gan4j.torch.Torch;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnpairedImagesTest {

    private static final DatasetOptions OPTIONS = DatasetOptions.defaults().withSize(8);
    private static final int A = 10;
    private static final int B = 100;

    @TempDir Path folder;

    @Test
    void should_hold_both_domains_in_a_batch() throws IOException {
        write("trainA", 3, A);
        write("trainB", 5, B);
        TranslationImages images = UnpairedImages.open(folder, OPTIONS);
        assertThat(images.isPaired()).isFalse();
        assertThat(images.isLabelled()).isFalse();
        assertThat(images.getShapeA()).isEqualTo(new Shape(1, 8, 8));
        assertThat(images.getShapeB()).isEqualTo(new Shape(1, 8, 8));
        assertThat(images.getName()).isEqualTo(folder.getFileName().toString());
        assertThat(images.getTest()).isEmpty();
        try (NDManager manager = Torch.newManager();
                Batch batch =
                        images.getData(manager, new EpochSampler(1, 0, 4)).iterator().next()) {
            assertThat(batch.getData()).hasSize(2);
            assertThat(batch.getLabels()).isEmpty();
            for (NDArray array : batch.getData()) {
                assertThat(array.getShape()).isEqualTo(new Shape(4, 1, 8, 8));
                assertThat(array.getDataType()).isEqualTo(DataType.FLOAT32);
            }
            assertThat(Epochs.toByte(batch.getData().get(0).max().getFloat())).isLessThan(A + 3);
            assertThat(Epochs.toByte(batch.getData().get(1).min().getFloat()))
                    .isGreaterThanOrEqualTo(B);
        }
    }

    @Test
    void should_see_the_larger_domain_once_and_the_smaller_one_equally_often() throws Exception {
        write("trainA", 3, A);
        write("trainB", 7, B);
        TranslationImages images = UnpairedImages.open(folder, OPTIONS);
        assertThat(images.size()).isEqualTo(7);
        int[] seen = new int[3];
        Set<Integer> large = new HashSet<>();
        for (Epochs.Sample sample : Epochs.read(images, new EpochSampler(1, 0, 1))) {
            seen[Epochs.toByte(sample.a().get(0)) - A]++;
            large.add(Epochs.toByte(sample.b().get(0)) - B);
            assertThat(Epochs.toByte(sample.b().get(0)) - B).isEqualTo((int) sample.index());
        }
        assertThat(large).hasSize(7);
        assertThat(seen).containsOnly(2, 3);
    }

    @Test
    void should_walk_domain_a_if_it_is_larger() throws Exception {
        write("trainA", 7, A);
        write("trainB", 2, B);
        for (Epochs.Sample sample :
                Epochs.read(UnpairedImages.open(folder, OPTIONS), new EpochSampler(1, 0, 1))) {
            assertThat(Epochs.toByte(sample.a().get(0)) - A).isEqualTo((int) sample.index());
        }
    }

    @Test
    void should_draw_other_partners_in_each_epoch_and_the_same_ones_again() throws Exception {
        write("trainA", 12, A);
        write("trainB", 12, B);
        TranslationImages images = UnpairedImages.open(folder, OPTIONS);
        List<Epochs.Sample> first = Epochs.read(images, new EpochSampler(1, 0, 3));
        assertThat(Epochs.read(images, new EpochSampler(1, 0, 3))).isEqualTo(first);
        assertThat(Epochs.read(UnpairedImages.open(folder, OPTIONS), new EpochSampler(1, 0, 4)))
                .isEqualTo(first);
        assertThat(pairs(Epochs.read(images, new EpochSampler(1, 1, 3))))
                .isNotEqualTo(pairs(first));
        assertThat(pairs(Epochs.read(images, new EpochSampler(2, 0, 3))))
                .isNotEqualTo(pairs(first));
    }

    @Test
    void should_resume_in_the_middle_of_an_epoch() throws Exception {
        writeRamps();
        DatasetOptions varied =
                OPTIONS.withAugmentation(Augmentation.resizeAndCrop(10).withMirrored(true));
        List<Epochs.Sample> whole =
                Epochs.read(UnpairedImages.open(folder, varied), new EpochSampler(9, 2, 2));
        List<Epochs.Sample> rest =
                Epochs.read(UnpairedImages.open(folder, varied), new EpochSampler(9, 2, 2, 2));
        assertThat(whole).hasSize(6);
        assertThat(rest).isEqualTo(whole.subList(4, 6));
    }

    @Test
    void should_vary_domains_apart_and_epochs_apart() throws Exception {
        writeRamps();
        DatasetOptions varied = OPTIONS.withAugmentation(Augmentation.crop().withMirrored(true));
        TranslationImages images = UnpairedImages.open(folder, varied);
        Set<List<Float>> a = new HashSet<>();
        boolean apart = false;
        for (int epoch = 0; epoch < 20; epoch++) {
            for (Epochs.Sample sample : Epochs.read(images, new EpochSampler(9, epoch, 6))) {
                a.add(sample.a());
                apart |= !sample.a().equals(sample.b());
            }
        }
        // 10 x 10 pixels, 3 x 3 places, mirrored or not; all ramps are equal.
        assertThat(a).hasSize(18);
        assertThat(apart).isTrue();
    }

    @Test
    void should_leave_nothing_to_chance_without_an_epoch() throws Exception {
        writeRamps();
        DatasetOptions varied = OPTIONS.withAugmentation(Augmentation.crop().withMirrored(true));
        TranslationImages images = UnpairedImages.open(folder, varied);
        BatchSampler inOrder = new BatchSampler(new SequenceSampler(), 2, true);
        List<Epochs.Sample> samples = Epochs.read(images, inOrder);
        assertThat(samples).hasSize(6);
        // The middle: one pixel from the left, one from the top.
        assertThat(samples)
                .allSatisfy(s -> assertThat(Epochs.toByte(s.a().get(0))).isEqualTo(10 + 1));
        try (NDManager manager = Torch.newManager()) {
            Record one = images.get(manager, 3);
            assertThat(one.getData()).hasSize(2);
            assertThat(one.getLabels()).isEmpty();
            assertThat(one.getData().get(1).getShape()).isEqualTo(new Shape(1, 8, 8));
            assertThat(one.getData().get(0).toFloatArray()[0]).isEqualTo(samples.get(3).a().get(0));
        }
    }

    @Test
    void should_never_vary_the_held_out_part() throws Exception {
        writeRamps();
        for (int i = 0; i < 6; i++) {
            image("testA/" + i + ".png", TestImages.ramp(10, 10, 10));
            image("testB/" + (9 - i) + ".png", TestImages.ramp(10, 10, 10));
        }
        DatasetOptions varied =
                OPTIONS.withAugmentation(Augmentation.resizeAndCrop(12).withMirrored(true));
        TranslationDataset test = UnpairedImages.open(folder, varied).getTest().orElseThrow();
        assertThat(test.isPaired()).isFalse();
        assertThat(test.getTest()).isEmpty();
        List<Epochs.Sample> samples = Epochs.read(test, new EpochSampler(9, 0, 6));
        assertThat(samples.stream().map(Epochs.Sample::a).distinct()).hasSize(1);
        // The whole picture, scaled, as if nothing had been wished for.
        assertThat(samples.get(0).a())
                .isEqualTo(
                        Epochs.read(
                                        UnpairedImages.open(folder, OPTIONS.withTest(true)),
                                        new EpochSampler(9, 0, 1))
                                .get(0)
                                .a());
    }

    @Test
    void should_know_the_truth_if_only_test_names_are_equal() throws Exception {
        image("trainA/p.png", TestImages.colour(8, 8, 0));
        image("trainB/q.png", TestImages.colour(8, 8, 0));
        image("testA/x.png", TestImages.grey(BufferedImage.TYPE_BYTE_GRAY, 8, 8, 1));
        image("testA/y.png", TestImages.grey(BufferedImage.TYPE_BYTE_GRAY, 8, 8, 2));
        image("testB/y.png", TestImages.grey(BufferedImage.TYPE_BYTE_GRAY, 8, 8, 102));
        image("testB/x.png", TestImages.grey(BufferedImage.TYPE_BYTE_GRAY, 8, 8, 101));
        TranslationDataset test = UnpairedImages.open(folder, OPTIONS).getTest().orElseThrow();
        assertThat(test.isPaired()).isTrue();
        for (Epochs.Sample sample : Epochs.read(test, new EpochSampler(1, 0, 2))) {
            assertThat(Epochs.toByte(sample.b().get(0)))
                    .isEqualTo(100 + Epochs.toByte(sample.a().get(0)));
        }
        assertThat(UnpairedImages.open(folder, OPTIONS.withTest(true)).isPaired()).isTrue();
        // Numbers that both training halves have as well say nothing.
        image("trainB/p.png", TestImages.colour(8, 8, 0));
        assertThat(UnpairedImages.open(folder, OPTIONS).getTest().orElseThrow().isPaired())
                .isFalse();
    }

    @Test
    void should_have_colour_in_both_domains_if_one_has() throws Exception {
        image("trainA/a.png", TestImages.grey(BufferedImage.TYPE_BYTE_GRAY, 8, 8, 50));
        image("trainB/b.png", TestImages.colour(8, 8, 0xFF0000));
        image("testA/c.png", TestImages.colour(8, 8, 0x808080));
        image("testB/d.png", TestImages.colour(8, 8, 0x808080));
        TranslationImages images = UnpairedImages.open(folder, OPTIONS);
        assertThat(images.getShapeA()).isEqualTo(new Shape(3, 8, 8));
        assertThat(images.getShapeB()).isEqualTo(new Shape(3, 8, 8));
        assertThat(images.getTest().orElseThrow().getShapeA()).isEqualTo(new Shape(3, 8, 8));
        Epochs.Sample sample = Epochs.read(images, new EpochSampler(1, 0, 1)).get(0);
        assertThat(sample.a()).containsOnly(50 / 127.5f - 1f);
        assertThat(sample.b()).startsWith(1f).endsWith(-1f);
        assertThat(UnpairedImages.open(folder, OPTIONS.withChannels(1)).getShapeB())
                .isEqualTo(new Shape(1, 8, 8));
    }

    @Test
    void should_lay_transparency_over_white() throws Exception {
        image("trainA/a.png", TestImages.argb(8, 8, 0));
        image("trainB/b.png", TestImages.argb(8, 8, 0x80000000));
        Epochs.Sample sample =
                Epochs.read(UnpairedImages.open(folder, OPTIONS), new EpochSampler(1, 0, 1)).get(0);
        assertThat(sample.a()).containsOnly(1f);
        assertThat(sample.b()).containsOnly(127 / 127.5f - 1f);
    }

    @Test
    void should_take_any_size_and_choose_a_common_one() throws Exception {
        image("trainA/a.png", TestImages.noise(50, 31));
        image("trainB/b.png", TestImages.noise(9, 90));
        assertThat(UnpairedImages.open(folder, DatasetOptions.defaults()).getShapeA())
                .isEqualTo(new Shape(3, 64, 64));
        Files.delete(folder.resolve("trainA/a.png"));
        Files.delete(folder.resolve("trainB/b.png"));
        image("trainA/a.png", TestImages.noise(32, 32));
        image("trainB/b.png", TestImages.noise(32, 32));
        assertThat(UnpairedImages.open(folder, DatasetOptions.defaults()).getShapeA())
                .isEqualTo(new Shape(3, 32, 32));
    }

    @Test
    void should_leave_no_arrays_behind() throws IOException {
        write("trainA", 8, A);
        write("trainB", 8, B);
        TranslationImages images = UnpairedImages.open(folder, OPTIONS);
        try (NDManager manager = Torch.newManager()) {
            int before = manager.getManagedArrays().size();
            images.getData(manager, new EpochSampler(5, 0, 4)).forEach(Batch::close);
            assertThat(manager.getManagedArrays()).hasSize(before);
        }
    }

    @Test
    void should_be_found_by_path() throws IOException {
        write("trainA", 2, A);
        write("trainB", 2, B);
        assertThat(Datasets.open(folder.toString(), OPTIONS)).isInstanceOf(UnpairedImages.class);
    }

    @Test
    void should_skip_files_that_cannot_be_read() throws IOException {
        write("trainA", 2, A);
        write("trainB", 2, B);
        Files.writeString(folder.resolve("trainB/bad.png"), "text");
        TranslationImages images = UnpairedImages.open(folder, OPTIONS);
        assertThat(images.getSkippedFiles()).containsExactly("bad.png");
        assertThat(images.getNamesB()).containsExactly("0.png", "1.png");
        assertThatThrownBy(() -> UnpairedImages.open(folder, OPTIONS.withStrict(true)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "Cannot read 'bad.png' in '%s' (not an image): remove it, or leave strict"
                                + " off to skip it.",
                        folder.resolve("trainB"));
    }

    @Test
    void should_fail_if_a_half_is_missing() throws IOException {
        write("trainA", 1, A);
        write("testA", 1, A);
        assertThatThrownBy(() -> UnpairedImages.open(folder, OPTIONS))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "'%s' lacks the folder trainB (found: testA, trainA): each domain needs a"
                                + " folder of its own, trainA and trainB.",
                        folder);
        write("trainB", 1, B);
        assertThatThrownBy(() -> UnpairedImages.open(folder, OPTIONS))
                .hasMessageContaining("lacks the folder testB (found: testA, trainA, trainB)");
    }

    @Test
    void should_fail_if_both_halves_are_missing() throws IOException {
        assertThatThrownBy(() -> UnpairedImages.open(folder, OPTIONS))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "'%s' lacks the folders trainA and trainB (it holds no folders): unpaired"
                                + " translation needs both, one for each domain.",
                        folder);
        write("train", 1, A);
        assertThatThrownBy(() -> UnpairedImages.open(folder, OPTIONS))
                .hasMessageContaining("(found: train): if the pictures in train hold pairs");
        write("trainA", 1, A);
        write("trainB", 1, A);
        assertThatThrownBy(() -> UnpairedImages.open(folder, OPTIONS.withTest(true)))
                .hasMessageContaining("lacks the folders testA and testB (found: train, trainA");
    }

    @Test
    void should_fail_if_a_domain_is_empty() throws IOException {
        write("trainA", 1, A);
        Files.createDirectory(folder.resolve("trainB"));
        assertThatThrownBy(() -> UnpairedImages.open(folder, OPTIONS))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "There are no images in '%s': put PNG, JPEG, BMP or GIF files there.",
                        folder.resolve("trainB"));
    }

    @Test
    void should_fail_if_the_folder_is_missing() {
        assertThatThrownBy(() -> UnpairedImages.open(folder.resolve("no"), OPTIONS))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("There is no folder");
    }

    @Test
    void should_pass_over_pictures_smaller_than_the_crop() throws IOException {
        write("trainA", 2, A);
        write("trainB", 2, B);
        image("trainA/small.png", TestImages.noise(9, 7));
        DatasetOptions crop = OPTIONS.withAugmentation(Augmentation.crop());
        TranslationImages images = UnpairedImages.open(folder, crop);
        assertThat(images.getSkippedFiles()).containsExactly("small.png");
        assertThatThrownBy(() -> UnpairedImages.open(folder, crop.withStrict(true)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith(
                        "Cannot read 'small.png' in '%s' (9 x 7 pixels, too small for a crop of 8:"
                                .formatted(folder.resolve("trainA")));
        // Scaled, it is large enough.
        assertThat(UnpairedImages.open(folder, OPTIONS).getSkippedFiles()).isEmpty();
    }

    @Test
    void should_fail_if_the_load_size_is_smaller_than_the_samples() throws IOException {
        write("trainA", 1, A);
        write("trainB", 1, B);
        DatasetOptions wrong = OPTIONS.withAugmentation(Augmentation.resizeAndCrop(7));
        assertThatThrownBy(() -> UnpairedImages.open(folder, wrong))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "Load size 7 is smaller than the samples, which have 8 pixels a side: use a"
                                + " load size of 8 or more, or smaller samples.");
    }

    private void writeRamps() throws IOException {
        for (int i = 0; i < 6; i++) {
            image("trainA/" + i + ".png", TestImages.ramp(10, 10, 10));
            image("trainB/" + i + ".png", TestImages.ramp(10, 10, 10));
        }
    }

    /** Writes pictures whose grey is their number, counted from an offset. */
    private void write(String name, int count, int from) throws IOException {
        for (int i = 0; i < count; i++) {
            // Two digits only where needed: names must keep the order of the numbers.
            String file = count > 10 ? "%02d.png".formatted(i) : i + ".png";
            image(name + "/" + file, TestImages.grey(BufferedImage.TYPE_BYTE_GRAY, 8, 8, from + i));
        }
    }

    private void image(String name, BufferedImage image) throws IOException {
        TestImages.write(folder.resolve(name), image);
    }

    private static Set<List<Float>> pairs(List<Epochs.Sample> samples) {
        Set<List<Float>> pairs = new HashSet<>();
        samples.forEach(s -> pairs.add(List.of(s.a().get(0), s.b().get(0))));
        return pairs;
    }
}
