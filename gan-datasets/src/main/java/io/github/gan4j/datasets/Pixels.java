package io.github.gan4j.datasets;

import java.util.Arrays;
import java.util.Objects;
import java.util.zip.CRC32C;

/**
 * A decoded picture: unsigned bytes of shape {@code (C, H, W)}, one channel for grey, three for
 * red, green and blue.
 */
record Pixels(int channels, int width, int height, byte[] data) {

    /** The luma of a colour (ITU-R BT.601), which is what grey means in JPEG and to most tools. */
    static int luma(int red, int green, int blue) {
        return Math.round(0.299f * red + 0.587f * green + 0.114f * blue);
    }

    /** The value of a channel of a colour {@code 0xRRGGBB} in a picture of so many channels. */
    static int channel(int rgb, int channel, int channels) {
        int red = rgb >> 16 & 0xFF;
        int green = rgb >> 8 & 0xFF;
        int blue = rgb & 0xFF;
        if (channels == 1) {
            return luma(red, green, blue);
        }
        return channel == 0 ? red : channel == 1 ? green : blue;
    }

    /** This picture with one channel only if its three say the same everywhere. */
    Pixels greyIfGrey() {
        int plane = width * height;
        for (int i = 0; i < plane && channels == 3; i++) {
            if (data[i] != data[plane + i] || data[i] != data[2 * plane + i]) {
                return this;
            }
        }
        return channels == 1 ? this : new Pixels(1, width, height, Arrays.copyOf(data, plane));
    }

    /** A rectangle of this picture, which must lie within it. */
    Pixels window(int left, int top, int wide, int high) {
        Objects.checkFromIndexSize(left, wide, width);
        Objects.checkFromIndexSize(top, high, height);
        if (wide == width && high == height) {
            return this;
        }
        byte[] cut = new byte[channels * wide * high];
        for (int row = 0; row < channels * high; row++) {
            int from = (row / high * height + top + row % high) * width + left;
            System.arraycopy(data, from, cut, row * wide, wide);
        }
        return new Pixels(channels, wide, high, cut);
    }

    /** A number that changes with what is to be seen. */
    int checksum() {
        CRC32C crc = new CRC32C();
        crc.update(channels);
        crc.update(width);
        crc.update(width >> 8);
        crc.update(data);
        return (int) crc.getValue();
    }

    /** This picture with left and right exchanged. */
    Pixels mirrored() {
        byte[] flipped = new byte[data.length];
        for (int i = 0; i < data.length; i++) {
            int x = i % width;
            flipped[i - x + width - 1 - x] = data[i];
        }
        return new Pixels(channels, width, height, flipped);
    }

    /** This picture with another of the same size at its right; in colour if one of them is. */
    Pixels beside(Pixels right) {
        if (right.width != width || right.height != height) {
            throw new IllegalArgumentException(
                    "%d x %d beside %d x %d.".formatted(width, height, right.width, right.height));
        }
        int common = Math.max(channels, right.channels);
        Pixels left = withChannels(common);
        Pixels other = right.withChannels(common);
        byte[] both = new byte[2 * left.data.length];
        for (int row = 0; row < common * height; row++) {
            System.arraycopy(left.data, row * width, both, 2 * row * width, width);
            System.arraycopy(other.data, row * width, both, (2 * row + 1) * width, width);
        }
        return new Pixels(common, 2 * width, height, both);
    }

    /** This picture with 1 or 3 channels. */
    Pixels withChannels(int wanted) {
        if (wanted == channels) {
            return this;
        }
        int plane = width * height;
        byte[] converted = new byte[wanted * plane];
        for (int i = 0; i < plane; i++) {
            if (wanted == 1) {
                int red = data[i] & 0xFF;
                int green = data[plane + i] & 0xFF;
                int blue = data[2 * plane + i] & 0xFF;
                converted[i] = (byte) luma(red, green, blue);
            } else {
                converted[i] = data[i];
                converted[plane + i] = data[i];
                converted[2 * plane + i] = data[i];
            }
        }
        return new Pixels(wanted, width, height, converted);
    }
}
