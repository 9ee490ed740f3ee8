package io.github.gan4j.run;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The 256 colours that suit a picture, by median cut (Heckbert 1982), and the picture in them,
 * dithered after Floyd and Steinberg (1976). A picture of 256 colours or fewer stays as it is.
 */
final class Palette {

    private static final int SIZE = 256;

    /** Colours are counted by the upper 5 bits of red, green and blue. */
    private static final int BITS = 5;

    private static final int CELLS = 1 << (3 * BITS);

    private final int width;
    private final int height;
    private final int[] pixels;
    private int[][] colours;
    private final int[] nearest = new int[CELLS];

    private Palette(BufferedImage image) {
        width = image.getWidth();
        height = image.getHeight();
        pixels = image.getRGB(0, 0, width, height, null, 0, width);
        Arrays.fill(nearest, -1);
    }

    /** Returns a picture of at most 256 colours that looks like another one. */
    static BufferedImage reduce(BufferedImage image) {
        Palette palette = new Palette(image);
        byte[] indices = palette.exact();
        if (indices == null) {
            palette.colours = palette.medianCut();
            indices = palette.dither();
        }
        return palette.image(indices);
    }

    /** Takes the colours as they are; null if they are too many. */
    private byte[] exact() {
        Map<Integer, Integer> known = new LinkedHashMap<>();
        byte[] indices = new byte[pixels.length];
        for (int i = 0; i < pixels.length; i++) {
            Integer index = known.get(pixels[i]);
            if (index == null) {
                if (known.size() == SIZE) {
                    return null;
                }
                index = known.size();
                known.put(pixels[i], index);
            }
            indices[i] = index.byteValue();
        }
        colours = known.keySet().stream().map(Palette::split).toArray(int[][]::new);
        return indices;
    }

    private int[][] medianCut() {
        long[] counts = new long[CELLS];
        long[][] sums = new long[CELLS][];
        for (int pixel : pixels) {
            int[] rgb = split(pixel);
            int cell = cell(rgb);
            if (sums[cell] == null) {
                sums[cell] = new long[3];
            }
            counts[cell]++;
            for (int c = 0; c < 3; c++) {
                sums[cell][c] += rgb[c];
            }
        }
        List<Integer> all = new ArrayList<>();
        for (int cell = 0; cell < CELLS; cell++) {
            if (counts[cell] > 0) {
                all.add(cell);
            }
        }
        List<Box> boxes = new ArrayList<>(List.of(new Box(all, counts)));
        while (boxes.size() < SIZE) {
            Box largest = boxes.stream().max(Comparator.comparingDouble(Box::weight)).orElseThrow();
            if (largest.cells.size() < 2) {
                break;
            }
            boxes.remove(largest);
            boxes.addAll(largest.cut(counts));
        }
        return boxes.stream().map(box -> box.mean(sums)).toArray(int[][]::new);
    }

    private byte[] dither() {
        byte[] indices = new byte[pixels.length];
        float[][] here = new float[width + 2][3];
        float[][] below = new float[width + 2][3];
        int[] wanted = new int[3];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int[] rgb = split(pixels[y * width + x]);
                for (int c = 0; c < 3; c++) {
                    int value = Math.round(rgb[c] + here[x + 1][c]);
                    wanted[c] = Math.max(0, Math.min(255, value));
                }
                int index = nearest(wanted);
                indices[y * width + x] = (byte) index;
                for (int c = 0; c < 3; c++) {
                    float error = (wanted[c] - colours[index][c]) / 16f;
                    here[x + 2][c] += 7 * error;
                    below[x][c] += 3 * error;
                    below[x + 1][c] += 5 * error;
                    below[x + 2][c] += error;
                }
            }
            float[][] spent = here;
            here = below;
            below = spent;
            for (float[] each : below) {
                Arrays.fill(each, 0);
            }
        }
        return indices;
    }

    private int nearest(int[] rgb) {
        int cell = cell(rgb);
        if (nearest[cell] < 0) {
            int best = Integer.MAX_VALUE;
            for (int i = 0; i < colours.length; i++) {
                int distance = 0;
                for (int c = 0; c < 3; c++) {
                    int difference = colours[i][c] - rgb[c];
                    distance += difference * difference;
                }
                if (distance < best) {
                    best = distance;
                    nearest[cell] = i;
                }
            }
        }
        return nearest[cell];
    }

    private BufferedImage image(byte[] indices) {
        byte[][] bands = new byte[3][colours.length];
        for (int i = 0; i < colours.length; i++) {
            for (int c = 0; c < 3; c++) {
                bands[c][i] = (byte) colours[i][c];
            }
        }
        IndexColorModel model =
                new IndexColorModel(8, colours.length, bands[0], bands[1], bands[2]);
        BufferedImage image =
                new BufferedImage(width, height, BufferedImage.TYPE_BYTE_INDEXED, model);
        image.getRaster().setDataElements(0, 0, width, height, indices);
        return image;
    }

    private static int[] split(int rgb) {
        return new int[] {rgb >> 16 & 0xFF, rgb >> 8 & 0xFF, rgb & 0xFF};
    }

    private static int cell(int[] rgb) {
        int shift = 8 - BITS;
        return (rgb[0] >> shift) << (2 * BITS) | (rgb[1] >> shift) << BITS | rgb[2] >> shift;
    }

    /** A part of the colour space. */
    private static final class Box {

        private final List<Integer> cells;
        private final long count;
        private int axis;
        private int range = -1;

        Box(List<Integer> cells, long[] counts) {
            this.cells = cells;
            count = cells.stream().mapToLong(cell -> counts[cell]).sum();
            for (int c = 0; c < 3; c++) {
                int shift = c * BITS;
                int min = cells.stream().mapToInt(cell -> level(cell, shift)).min().orElse(0);
                int max = cells.stream().mapToInt(cell -> level(cell, shift)).max().orElse(0);
                if (max - min > range) {
                    range = max - min;
                    axis = shift;
                }
            }
        }

        private static int level(int cell, int shift) {
            return cell >> shift & ((1 << BITS) - 1);
        }

        /** Which box is cut next: many pixels, far apart. */
        double weight() {
            return cells.size() < 2 ? 0 : (double) count * range * range;
        }

        List<Box> cut(long[] counts) {
            List<Integer> sorted = new ArrayList<>(cells);
            sorted.sort(Comparator.comparingInt(cell -> level(cell, axis)));
            long below = 0;
            int at = 0;
            while (at < sorted.size() - 1 && (at == 0 || below < count / 2)) {
                below += counts[sorted.get(at++)];
            }
            return List.of(
                    new Box(sorted.subList(0, at), counts),
                    new Box(sorted.subList(at, sorted.size()), counts));
        }

        int[] mean(long[][] sums) {
            int[] mean = new int[3];
            for (int c = 0; c < 3; c++) {
                long sum = 0;
                for (int cell : cells) {
                    sum += sums[cell][c];
                }
                mean[c] = (int) ((sum + count / 2) / count);
            }
            return mean;
        }
    }
}
