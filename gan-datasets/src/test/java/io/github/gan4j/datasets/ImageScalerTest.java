package io.github.gan4j.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.gan4j.data.DatasetOptions.Fit;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ImageScalerTest {

    @Test
    void should_cut_out_the_central_square() {
        // 4 x 2, then 2 x 4: the middle two columns, then rows.
        byte[] numbers = {1, 2, 3, 4, 5, 6, 7, 8};
        assertThat(ImageScaler.fit(new Pixels(1, 4, 2, numbers), 2, Fit.CROP, 0).data())
                .containsExactly(2, 3, 6, 7);
        assertThat(ImageScaler.fit(new Pixels(1, 2, 4, numbers), 2, Fit.CROP, 0).data())
                .containsExactly(3, 4, 5, 6);
    }

    @Test
    void should_crop_each_channel() {
        byte[] numbers = {1, 2, 3, 4, 5, 6, 7, 8, 9};
        assertThat(ImageScaler.fit(new Pixels(3, 3, 1, numbers), 1, Fit.CROP, 0).data())
                .containsExactly(2, 5, 8);
    }

    @Test
    void should_pad_with_background() {
        byte[] numbers = {1, 2, 3, 4, 5, 6, 7, 8};
        assertThat(ImageScaler.fit(new Pixels(1, 4, 2, numbers), 4, Fit.PAD, 0x090909).data())
                .containsExactly(9, 9, 9, 9, 1, 2, 3, 4, 5, 6, 7, 8, 9, 9, 9, 9);
        assertThat(ImageScaler.fit(new Pixels(1, 2, 4, numbers), 4, Fit.PAD, 0).data())
                .containsExactly(0, 1, 2, 0, 0, 3, 4, 0, 0, 5, 6, 0, 0, 7, 8, 0);
    }

    @Test
    void should_pad_grey_with_colour() {
        Pixels padded =
                ImageScaler.fit(new Pixels(1, 2, 1, new byte[] {7, 8}), 2, Fit.PAD, 0x010203);
        assertThat(padded.channels()).isEqualTo(3);
        assertThat(padded.data()).containsExactly(7, 8, 1, 1, 7, 8, 2, 2, 7, 8, 3, 3);
    }

    @Test
    void should_keep_a_thin_picture_visible() {
        byte[] line = new byte[200];
        Arrays.fill(line, (byte) 100);
        Pixels padded = ImageScaler.fit(new Pixels(1, 200, 1, line), 4, Fit.PAD, 0);
        assertThat(padded.data())
                .containsExactly(0, 0, 0, 0, 100, 100, 100, 100, 0, 0, 0, 0, 0, 0, 0, 0);
    }

    @Test
    void should_keep_flat_colour_flat() {
        byte[] flat = new byte[37 * 37];
        Arrays.fill(flat, (byte) 200);
        for (int size : new int[] {5, 16, 37, 64, 100}) {
            Pixels scaled = ImageScaler.resize(new Pixels(1, 37, 37, flat), size, size);
            assertThat(scaled.data()).hasSize(size * size).containsOnly((byte) 200);
        }
    }

    @Test
    void should_count_every_pixel_when_shrinking() {
        // One white pixel in 64: whichever it is, the one pixel left is 1/64 brighter, about.
        for (int i = 0; i < 64; i++) {
            byte[] data = new byte[64];
            data[i] = (byte) 255;
            Pixels one = ImageScaler.resize(new Pixels(1, 8, 8, data), 1, 1);
            assertThat((int) one.data()[0]).isBetween(1, 9);
        }
    }

    @Test
    void should_scale_as_pillow_does() {
        byte[] data = new byte[49];
        for (int i = 0; i < 49; i++) {
            data[i] = (byte) (90 + i * i * 37 % 80);
        }
        Pixels source = new Pixels(1, 7, 7, data);
        // Recorded from Pillow 9.4, Image.resize(.., BICUBIC), which rounds between its passes.
        expect(ImageScaler.resize(source, 3, 3), SMALL);
        expect(ImageScaler.resize(source, 10, 4), WIDE);
    }

    private static final int[] SMALL = {
        126, 132, 133,
        143, 129, 129,
        129, 130, 129,
    };

    private static final int[] WIDE = {
        112, 121, 135, 144, 116, 116, 145, 140, 131, 123,
        154, 135, 120, 129, 130, 134, 143, 159, 128, 89,
        145, 155, 151, 119, 127, 129, 121, 129, 131, 128,
        149, 127, 108, 111, 136, 146, 136, 121, 125, 135,
    };

    private static void expect(Pixels actual, int... expected) {
        assertThat(actual.data()).hasSize(expected.length);
        for (int i = 0; i < expected.length; i++) {
            assertThat(actual.data()[i] & 0xFF).isCloseTo(expected[i], within(1));
        }
    }
}
