package io.github.gan4j.run;

/**
 * Colours for heights, from nearly black by violet and orange to light yellow: matplotlib's inferno
 * (van der Walt and Smith 2015), in which equal steps look equal, to the colour-blind as well.
 */
final class HeatColours {

    private static final int[] STOPS = {
        0x000004, 0x1B0C41, 0x4A0C6B, 0x781C6D, 0xA52C60, 0xCF4446, 0xED6925, 0xFB9B06, 0xF7D13D,
        0xFCFFA4
    };

    private HeatColours() {}

    /** Returns red, green and blue for a height of 0 to 1; what is beyond is clipped. */
    static int[] at(double height) {
        double position = Math.max(0, Math.min(1, height)) * (STOPS.length - 1);
        int below = Math.min((int) position, STOPS.length - 2);
        return mix(split(STOPS[below]), split(STOPS[below + 1]), position - below);
    }

    /** Returns the colour that is so far on the way from one colour to another, 0 to 1. */
    static int[] mix(int[] from, int[] to, double way) {
        int[] mixed = new int[3];
        for (int c = 0; c < mixed.length; c++) {
            mixed[c] = (int) Math.round(from[c] + (to[c] - from[c]) * way);
        }
        return mixed;
    }

    private static int[] split(int rgb) {
        return new int[] {rgb >> 16 & 0xFF, rgb >> 8 & 0xFF, rgb & 0xFF};
    }
}
