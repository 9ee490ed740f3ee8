package io.github.gan4j.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.dataset.Batch;
import io.github.gan4j.InvalidInputException;
import io.github.gan4j.data.DatasetOptions;
import io.github.gan4j.data.Datasets;
import io.github.gan4j.data.EpochSampler;
import io.github.gan4j.data.SampleDataset;
import io.github.gan4j.torch.Torch;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageFolderTest {

    private static final DatasetOptions OPTIONS = DatasetOptions.defaults();

    @TempDir Path folder;

    @Test
    void should_open_by_path() throws IOException {
        write("a.png", TestImages.colour(32, 32, 0xFF0000));
        SampleDataset images = Datasets.open(folder.toString(), OPTIONS);
        assertThat(images).isInstanceOf(ImageFolder.class);
        assertThat(images.getName()).isEqualTo(folder.getFileName().toString());
        assertThat(images.getSampleShape()).isEqualTo(new Shape(3, 32, 32));
        assertThat(images.getClassNames()).isEmpty();
        float[] sample = new float[3 * 32 * 32];
        ((ImageFolder) images).read(0, sample);
        assertThat(sample).startsWith(1f, 1f).endsWith(-1f, -1f);
    }

    @Test
    void should_order_files_by_name_and_pass_over_others() throws IOException {
        for (String name : List.of("b.png", "a.PNG", "c/d.png", "c/.hidden.png", ".x/e.png")) {
            write(name, TestImages.colour(8, 8, 0x123456));
        }
        Files.writeString(folder.resolve("notes.txt"), "none");
        assertThat(files(open(OPTIONS))).containsExactly("a.PNG", "b.png", "c/d.png");
    }

    @Test
    void should_take_labels_from_sub_folders() throws IOException {
        write("dog/1.png", TestImages.colour(8, 8, 0));
        write("cat/2.png", TestImages.colour(8, 8, 0));
        write("cat/deep/er/1.png", TestImages.colour(8, 8, 0));
        ImageFolder images = open(OPTIONS);
        assertThat(images.getClassNames()).containsExactly("cat", "dog");
        assertThat(files(images)).containsExactly("cat/2.png", "cat/deep/er/1.png", "dog/1.png");
        assertThat(LongStream.range(0, 3).map(images::label)).containsExactly(0L, 0L, 1L);
    }

    @Test
    void should_have_no_labels_if_images_lie_beside_sub_folders() throws IOException {
        write("dog/1.png", TestImages.colour(8, 8, 0));
        write("cat/1.png", TestImages.colour(8, 8, 0));
        write("1.png", TestImages.colour(8, 8, 0));
        assertThat(open(OPTIONS).isLabelled()).isFalse();
    }

    @Test
    void should_have_no_labels_if_there_is_one_sub_folder_only() throws IOException {
        write("dog/1.png", TestImages.colour(8, 8, 0));
        assertThat(open(OPTIONS).isLabelled()).isFalse();
    }

    @Test
    void should_not_count_a_sub_folder_without_a_sound_image_as_a_class() throws IOException {
        write("dog/1.png", TestImages.colour(8, 8, 0));
        write("cat/1.png", TestImages.colour(8, 8, 0));
        Files.writeString(Files.createDirectory(folder.resolve("ant")).resolve("1.png"), "bad");
        assertThat(open(OPTIONS).getClassNames()).containsExactly("cat", "dog");
    }

    @Test
    void should_choose_the_common_size_if_it_is_usual() throws IOException {
        write("a.png", TestImages.colour(28, 28, 0));
        write("b.png", TestImages.colour(28, 28, 0));
        assertThat(open(OPTIONS).getSampleShape()).isEqualTo(new Shape(1, 28, 28));
        write("c.png", TestImages.colour(28, 27, 0));
        assertThat(open(OPTIONS).getSampleShape()).isEqualTo(new Shape(1, 64, 64));
        assertThat(open(OPTIONS.withSize(17)).getSampleShape()).isEqualTo(new Shape(1, 17, 17));
    }

    @Test
    void should_choose_64_if_the_common_size_is_unusual() throws IOException {
        write("a.png", TestImages.colour(30, 30, 0));
        assertThat(open(OPTIONS).getSampleShape()).isEqualTo(new Shape(1, 64, 64));
    }

    @Test
    void should_have_colour_if_one_image_has() throws IOException {
        write("a.png", TestImages.colour(32, 32, 0x808080));
        write("b.png", TestImages.colour(32, 32, 0x0000FF));
        assertThat(open(OPTIONS).getSampleShape()).isEqualTo(new Shape(3, 32, 32));
        float[] grey = new float[32 * 32];
        ImageFolder images = open(OPTIONS.withChannels(1));
        images.read(1, grey);
        // The luma of blue is 29.
        assertThat(grey).containsOnly(29 / 127.5f - 1f);
        float[] colour = new float[3 * 32 * 32];
        open(OPTIONS).read(0, colour);
        assertThat(colour).containsOnly(128 / 127.5f - 1f);
    }

    @Test
    void should_crop_by_default_and_pad_if_asked() throws IOException {
        write("a.png", TestImages.ramp(8, 4, 10));
        float[] sample = new float[16];
        open(OPTIONS.withSize(4)).read(0, sample);
        for (int i = 0; i < 16; i++) {
            assertThat(sample[i]).isEqualTo(((2 + i % 4) * 10 + i / 4) / 127.5f - 1f);
        }
        float[] padded = new float[64];
        open(OPTIONS.withSize(8).withFit(DatasetOptions.Fit.PAD)).read(0, padded);
        for (int i = 0; i < 64; i++) {
            int row = i / 8 - 2;
            float expected = row < 0 || row > 3 ? 1f : (i % 8 * 10 + row) / 127.5f - 1f;
            assertThat(padded[i]).isEqualTo(expected);
        }
    }

    @Test
    void should_lay_transparency_over_the_background() throws IOException {
        write("a.png", TestImages.argb(32, 32, 0));
        float[] sample = new float[32 * 32];
        open(OPTIONS).read(0, sample);
        assertThat(sample).containsOnly(1f);
        open(OPTIONS.withBackground(0)).read(0, sample);
        assertThat(sample).containsOnly(-1f);
    }

    @Test
    void should_skip_files_that_cannot_be_read() throws IOException {
        write("a.png", TestImages.noise(32, 32));
        TestImages.truncate(write("b.jpg", TestImages.noise(32, 32)), 0.6);
        Files.writeString(folder.resolve("c.gif"), "text");
        write("d.png", TestImages.noise(32, 32));
        ImageFolder images = open(OPTIONS);
        assertThat(files(images)).containsExactly("a.png", "d.png");
        assertThat(images.getSkippedFiles()).containsExactly("b.jpg", "c.gif");
        assertThat(images.size()).isEqualTo(2);
    }

    @Test
    void should_fail_if_a_file_cannot_be_read_in_strict_mode() throws IOException {
        write("a.png", TestImages.noise(32, 32));
        TestImages.truncate(write("sub/b.jpg", TestImages.noise(32, 32)), 0.6);
        assertThatThrownBy(() -> open(OPTIONS.withStrict(true)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "Cannot read 'sub/b.jpg' in '%s' (truncated): remove it, or leave strict"
                                + " off to skip it.",
                        folder);
    }

    @Test
    void should_decode_again_what_there_is_no_room_to_keep() throws IOException {
        write("a.png", TestImages.ramp(8, 8, 10));
        List<PictureFile> files =
                List.of(new PictureFile(FolderScan.scan(folder).get(0), 0, pixels -> pixels));
        Pictures kept = Pictures.load(folder, files, false, true);
        Pictures notKept = Pictures.load(folder, files, false, false);
        assertThat(kept.read(0)).isSameAs(kept.read(0));
        assertThat(notKept.read(0)).isNotSameAs(notKept.read(0));
        assertThat(notKept.read(0).data()).isEqualTo(kept.read(0).data());

        Files.delete(folder.resolve("a.png"));
        assertThatThrownBy(() -> notKept.read(0))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("Image 'a.png' in")
                .hasMessageEndingWith("restore it, then resume.");
    }

    @Test
    void should_make_batches() throws IOException {
        for (int i = 0; i < 6; i++) {
            write((i % 2 == 0 ? "x/" : "y/") + i + ".png", TestImages.colour(32, 32, i * 0x010101));
        }
        ImageFolder images = open(OPTIONS);
        try (NDManager manager = Torch.newManager()) {
            for (Batch batch : images.getData(manager, new EpochSampler(1, 0, 3))) {
                assertThat(batch.getData().head().getShape()).isEqualTo(new Shape(3, 1, 32, 32));
                for (int i = 0; i < 3; i++) {
                    long index = (Long) batch.getIndices().get(i);
                    int value = Integer.parseInt(images.getFile(index).substring(2, 3));
                    assertThat(batch.getData().head().get(i).toFloatArray())
                            .containsOnly(value / 127.5f - 1f);
                    assertThat(batch.getLabels().head().getLong(i)).isEqualTo(value % 2);
                }
                batch.close();
            }
        }
    }

    @Test
    void should_fail_if_the_folder_is_missing_or_a_file() throws IOException {
        Path missing = folder.resolve("missing");
        assertThatThrownBy(() -> ImageFolder.open(missing, OPTIONS))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "There is no folder '%s': give the path of an existing folder of images.",
                        missing);
        Path file = write("a.png", TestImages.noise(4, 4));
        assertThatThrownBy(() -> ImageFolder.open(file, OPTIONS))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("'%s' is a file: give the folder that holds the images.", file);
    }

    @Test
    void should_fail_if_there_are_no_images() throws IOException {
        assertThatThrownBy(() -> open(OPTIONS))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "There are no images in '%s': put PNG, JPEG, BMP or GIF files there.",
                        folder);
        Files.writeString(folder.resolve("a.webp"), "");
        assertThatThrownBy(() -> open(OPTIONS))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageEndingWith("but 1 .webp: convert them to PNG.");
    }

    @Test
    void should_fail_if_no_image_can_be_read() throws IOException {
        Files.writeString(folder.resolve("a.png"), "text");
        Files.writeString(folder.resolve("b.png"), "text");
        assertThatThrownBy(() -> open(OPTIONS))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "None of the 2 images in '%s' can be read (a.png: not an image): replace"
                                + " them with sound files.",
                        folder);
    }

    @Test
    void should_fail_if_links_run_in_a_circle() throws IOException {
        write("a.png", TestImages.noise(4, 4));
        Files.createSymbolicLink(folder.resolve("loop"), folder);
        assertThatThrownBy(() -> open(OPTIONS))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("Cannot list folder")
                .hasMessageContaining("without links in a circle");
    }

    @Test
    void should_fail_if_the_test_part_is_wanted() throws IOException {
        write("a.png", TestImages.noise(4, 4));
        assertThatThrownBy(() -> open(OPTIONS.withTest(true)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("has no test part");
    }

    private ImageFolder open(DatasetOptions options) throws IOException {
        return ImageFolder.open(folder, options);
    }

    private Path write(String name, BufferedImage image) throws IOException {
        return TestImages.write(folder.resolve(name), image);
    }

    private static List<String> files(ImageFolder images) {
        return LongStream.range(0, images.size()).mapToObj(images::getFile).toList();
    }
}
