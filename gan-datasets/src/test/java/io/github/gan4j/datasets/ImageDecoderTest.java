package io.github.gan4j.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.Dimension;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageDecoderTest {

    private static final int WHITE = 0xFFFFFF;

    @TempDir Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"png", "bmp", "gif"})
    void should_read_colour_exactly(String format) throws IOException {
        expect(write(format, TestImages.colour(5, 4, 0xC86414)), 0xC8, 0x64, 0x14);
    }

    @Test
    void should_read_jpeg() throws IOException {
        Pixels pixels = ImageDecoder.decode(write("jpg", TestImages.colour(16, 16, 0xC86414)), 0);
        assertThat(pixels.channels()).isEqualTo(3);
        assertThat(pixels.data()[0] & 0xFF).isCloseTo(0xC8, within(3));
        assertThat(pixels.data()[256] & 0xFF).isCloseTo(0x64, within(3));
        assertThat(pixels.data()[512] & 0xFF).isCloseTo(0x14, within(3));
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "bmp", "gif", "jpg"})
    void should_take_grey_as_it_is_stored(String format) throws IOException {
        // Java's getRGB would make 188 of 128.
        expect(write(format, TestImages.grey(BufferedImage.TYPE_BYTE_GRAY, 8, 8, 128)), 128);
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "bmp", "gif"})
    void should_find_grey_in_colour_files(String format) throws IOException {
        expect(write(format, TestImages.colour(5, 4, 0x808080)), 128);
    }

    @Test
    void should_read_16_bit_grey() throws IOException {
        expect(write("png", TestImages.grey(BufferedImage.TYPE_USHORT_GRAY, 5, 4, 0x8080)), 128);
        expect(write("png", TestImages.grey(BufferedImage.TYPE_USHORT_GRAY, 5, 4, 0xFFFF)), 255);
    }

    @Test
    void should_read_16_bit_colour() throws IOException {
        expect(write("png", TestImages.rgb16(5, 4, 0xFFFF, 257, 0)), 255, 1, 0);
    }

    @Test
    void should_read_palettes_and_bits() throws IOException {
        expect(write("png", TestImages.palette(5, 4, 2)), 30, 31, 32);
        expect(write("png", TestImages.grey(BufferedImage.TYPE_BYTE_BINARY, 5, 4, 1)), 255);
    }

    @Test
    void should_lay_transparent_colour_over_the_background() throws IOException {
        Path half = write("png", TestImages.argb(5, 4, 0x80FF0000));
        assertThat(ImageDecoder.decode(half, WHITE).data()).startsWith(255).endsWith(127);
        assertThat(ImageDecoder.decode(half, 0).data()).startsWith(128).endsWith(0);
        expect(write("png", TestImages.argb(5, 4, 0)), 255);
    }

    @Test
    void should_lay_transparent_grey_over_the_background() throws IOException {
        expect(write("png", TestImages.greyAlpha(5, 4, 0, 51)), 204);
        expect(write("png", TestImages.greyAlpha(5, 4, 77, 255)), 77);
    }

    @Test
    void should_read_inks() throws IOException {
        Path file = TestImages.writeCmyk(folder.resolve("a.jpg"), 20, 200, 220, 30);
        Pixels pixels = ImageDecoder.decode(file, 0);
        assertThat(pixels.data()[0] & 0xFF).isCloseTo(207, within(3));
        assertThat(pixels.data()[256] & 0xFF).isCloseTo(49, within(3));
        assertThat(pixels.data()[512] & 0xFF).isCloseTo(31, within(3));
    }

    @Test
    void should_read_the_size() throws IOException {
        assertThat(ImageDecoder.size(write("png", TestImages.noise(7, 3))))
                .isEqualTo(new Dimension(7, 3));
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "bmp", "gif", "jpg"})
    void should_fail_if_truncated(String format) throws IOException {
        for (double keep : new double[] {0.1, 0.5, 0.95}) {
            Path file = TestImages.truncate(write(format, TestImages.noise(60, 50)), keep);
            assertThatThrownBy(() -> ImageDecoder.decode(file, 0))
                    .isInstanceOf(IOException.class)
                    .message()
                    .containsAnyOf("truncated", "damaged");
        }
    }

    @Test
    void should_fail_if_it_is_no_image() throws IOException {
        Path text = Files.writeString(folder.resolve("a.png"), "no image at all");
        assertThatThrownBy(() -> ImageDecoder.decode(text, 0))
                .isInstanceOf(IOException.class)
                .hasMessage("not an image");
        Path empty = Files.writeString(folder.resolve("b.png"), "");
        assertThatThrownBy(() -> ImageDecoder.decode(empty, 0)).hasMessage("not an image");
    }

    @Test
    void should_fail_if_the_header_promises_too_much() throws IOException {
        byte[] bytes = Files.readAllBytes(write("png", TestImages.noise(4, 4)));
        // Width and height begin at 16 and 20; a million for each.
        bytes[17] = 0x0F;
        bytes[21] = 0x0F;
        Path file = Files.write(folder.resolve("bomb.png"), bytes);
        assertThatThrownBy(() -> ImageDecoder.decode(file, 0))
                .hasMessage("larger than 100 megapixels");
    }

    /** Expects one value for each channel everywhere. */
    private static void expect(Path file, int... values) throws IOException {
        Pixels pixels = ImageDecoder.decode(file, WHITE);
        assertThat(pixels.channels()).isEqualTo(values.length);
        int plane = pixels.width() * pixels.height();
        for (int i = 0; i < pixels.data().length; i++) {
            assertThat(pixels.data()[i] & 0xFF).isEqualTo(values[i / plane]);
        }
    }

    private Path write(String format, BufferedImage image) throws IOException {
        return TestImages.write(folder.resolve("image." + format), image);
    }
}
