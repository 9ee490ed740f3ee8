package io.github.gan4j.datasets;

import java.util.Arrays;

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
