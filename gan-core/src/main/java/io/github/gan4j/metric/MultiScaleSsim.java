package io.github.gan4j.metric;

import io.github.gan4j.InvalidInputException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Diversity by multi-scale structural similarity: the mean MS-SSIM (Wang et al. 2003, equation 7)
 * of random pairs of generated pictures, of one class where labels are known (Odena et al. 2017,
 * section 4.3). Less is more diverse; but noise is most diverse of all, so read it beside that of
 * real pictures, which is no less than this one for a model that has not collapsed.
 *
 * <p>Five scales need pictures of 176 pixels. Smaller ones are compared at as many scales as leave
 * the window of 11 x 11 room, with the paper's weights of these scales made to sum to one: two for
 * 28 x 28, three for 64 x 64. Numbers of different sizes of picture cannot be compared.
 */
public final class MultiScaleSsim extends AbstractMeasure {

    private static final double[] WEIGHTS = {0.0448, 0.2856, 0.3001, 0.2363, 0.1333};
    private static final SsimWindow WINDOW = SsimWindow.gaussian(1.5);
    private static final int PAIRS = 2000;

    /** Constructs the measure. */
    public MultiScaleSsim() {
        super(
                "ms-ssim",
                "similarity of random pairs of generated pictures (Odena et al. 2017)",
                true,
                Set.of(),
                Set.of(Evidence.Part.IMAGES));
    }

    /**
     * Returns how many scales pictures are compared at.
     *
     * @param height their height
     * @param width their width
     * @return 1 to 5
     * @throws InvalidInputException if they are smaller than the window
     */
    public static int scales(int height, int width) {
        WINDOW.requireFits(height, width);
        int scales = 1;
        int size = Math.min(height, width) / 2;
        while (scales < WEIGHTS.length && size >= WINDOW.getSize()) {
            scales++;
            size /= 2;
        }
        return scales;
    }

    /**
     * Compares two pictures.
     *
     * @param a pictures
     * @param i which of them
     * @param b pictures of the same size
     * @param j which of them
     * @return the similarity, the mean over channels, 0 to 1; a scale at which the pictures are
     *     each other's negatives counts as 0
     * @throws InvalidInputException if the pictures have different sizes, or are too small
     */
    public static double between(Images a, int i, Images b, int j) {
        a.requireSameSize(b);
        double sum = 0;
        for (int c = 0; c < a.getChannels(); c++) {
            sum += between(a.plane(i, c), b.plane(j, c), a.getHeight(), a.getWidth());
        }
        return sum / a.getChannels();
    }

    private static double between(double[] x, double[] y, int height, int width) {
        int scales = scales(height, width);
        double weights = 0;
        for (int scale = 0; scale < scales; scale++) {
            weights += WEIGHTS[scale];
        }
        double result = 1;
        double[] left = x;
        double[] right = y;
        int h = height;
        int w = width;
        for (int scale = 0; scale < scales; scale++) {
            SsimWindow.Means means = WINDOW.compare(left, right, h, w);
            double value = scale == scales - 1 ? means.similarity() : means.contrast();
            result *= Math.pow(Math.max(0, value), WEIGHTS[scale] / weights);
            left = halve(left, h, w);
            right = halve(right, h, w);
            h /= 2;
            w /= 2;
        }
        return result;
    }

    /** Means of 2 x 2 pixels; an odd last row or column is left out. */
    private static double[] halve(double[] x, int height, int width) {
        int h = height / 2;
        int w = width / 2;
        double[] result = new double[h * w];
        for (int i = 0; i < h; i++) {
            for (int j = 0; j < w; j++) {
                int at = 2 * i * width + 2 * j;
                result[i * w + j] = (x[at] + x[at + 1] + x[at + width] + x[at + width + 1]) / 4;
            }
        }
        return result;
    }

    /**
     * Computes the mean similarity of random pairs.
     *
     * @param images pictures, 2 at least
     * @param pairs how many pairs
     * @param seed the seed of the choice
     * @return the mean
     * @throws InvalidInputException if there is only one picture, or they are too small
     */
    public static double ofPairs(Images images, int pairs, long seed) {
        return ofPairs(images, new int[images.getCount()], pairs, seed);
    }

    /**
     * Computes the mean similarity of random pairs of one class.
     *
     * @param images pictures
     * @param labels their classes
     * @param pairs how many pairs
     * @param seed the seed of the choice
     * @return the mean
     * @throws InvalidInputException if no class has 2 pictures, or they are too small
     */
    public static double ofPairs(Images images, int[] labels, int pairs, long seed) {
        if (labels.length != images.getCount()) {
            throw new InvalidInputException(
                    "%d labels do not fit %d pictures; give one for each."
                            .formatted(labels.length, images.getCount()));
        }
        Map<Integer, List<Integer>> classes = new HashMap<>();
        for (int i = 0; i < labels.length; i++) {
            classes.computeIfAbsent(labels[i], label -> new ArrayList<>()).add(i);
        }
        int[] paired =
                IntStream.range(0, labels.length)
                        .filter(i -> classes.get(labels[i]).size() > 1)
                        .toArray();
        if (paired.length == 0) {
            throw new InvalidInputException(
                    "No class has two pictures to compare; draw more samples.");
        }
        Random random = Sampling.random(seed, "ms-ssim");
        int[] first = new int[pairs];
        int[] second = new int[pairs];
        for (int p = 0; p < pairs; p++) {
            first[p] = paired[random.nextInt(paired.length)];
            List<Integer> others = classes.get(labels[first[p]]);
            do {
                second[p] = others.get(random.nextInt(others.size()));
            } while (second[p] == first[p]);
        }
        double[] values = new double[pairs];
        IntStream.range(0, pairs)
                .parallel()
                .forEach(p -> values[p] = between(images, first[p], images, second[p]));
        return Arrays.stream(values).sum() / pairs;
    }

    private static double ofPairs(Evidence evidence, boolean ofOneClass, long seed) {
        Images images = evidence.getImages();
        return ofOneClass
                ? ofPairs(images, evidence.getLabels(), PAIRS, seed)
                : ofPairs(images, PAIRS, seed);
    }

    /**
     * {@inheritDoc}
     *
     * <p>By 2000 pairs: of one class if the generated samples have labels, and likewise of real
     * pictures if they, and where they are needed their labels, are known.
     */
    @Override
    public Map<String, Double> evaluate(Evidence real, Evidence fake, long seed) {
        Map<String, Double> result = new TreeMap<>();
        boolean ofOneClass = fake.has(Evidence.Part.LABELS);
        result.put(getName(), ofPairs(fake, ofOneClass, seed));
        if (real.has(Evidence.Part.IMAGES) && (!ofOneClass || real.has(Evidence.Part.LABELS))) {
            result.put(getName() + "-real", ofPairs(real, ofOneClass, seed));
        }
        return result;
    }
}
