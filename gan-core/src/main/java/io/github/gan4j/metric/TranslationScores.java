package io.github.gan4j.metric;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How near translations are to the truth, which is known of held-out pairs, and how near it is
 * without any learning: by doing nothing, and by looking the nearest picture up among those of the
 * training.
 */
public final class TranslationScores {

    private static final List<PairedMeasure> MEASURES =
            List.of(
                    new MeanAbsoluteError(),
                    new PeakSignalToNoise(),
                    new Ssim(),
                    new GradientHistogram());

    private TranslationScores() {}

    /**
     * Returns the names of the measures.
     *
     * @return the names and whether less is better, in order: the mean absolute error, the peak
     *     signal-to-noise ratio in dB, structural similarity, and the distance of histograms of
     *     gradients, a feature distance
     */
    public static Map<String, Boolean> getMeasures() {
        Map<String, Boolean> names = new LinkedHashMap<>();
        MEASURES.forEach(measure -> names.put(measure.getName(), measure.isLowerBetter()));
        return names;
    }

    /**
     * Compares pictures with the truth, pair by pair.
     *
     * @param truth true translations
     * @param pictures as many pictures of the same size
     * @return the mean of each measure by name
     */
    public static Map<String, Double> measure(Images truth, Images pictures) {
        Map<String, Double> values = new LinkedHashMap<>();
        for (PairedMeasure measure : MEASURES) {
            values.put(measure.getName(), measure.mean(truth, pictures));
        }
        return values;
    }

    /**
     * Finds for each picture the nearest of others, by the Euclidean distance of their pixels.
     *
     * @param pictures pictures
     * @param others pictures of the same size
     * @return the indices of the nearest others; of equally near ones the first
     */
    public static int[] nearest(Images pictures, Images others) {
        pictures.requireSameSize(others);
        Features x = pictures.toFeatures();
        Features y = others.toFeatures();
        int[] nearest = new int[x.getCount()];
        for (int i = 0; i < nearest.length; i++) {
            double least = Double.POSITIVE_INFINITY;
            for (int j = 0; j < y.getCount(); j++) {
                double distance = distance(x, i, y, j, least);
                if (distance < least) {
                    least = distance;
                    nearest[i] = j;
                }
            }
        }
        return nearest;
    }

    /** The squared distance of two rows, or more than a bound. */
    private static double distance(Features x, int i, Features y, int j, double bound) {
        double sum = 0;
        for (int k = 0; k < x.getSize() && sum < bound; k++) {
            double difference = x.get(i, k) - y.get(j, k);
            sum += difference * difference;
        }
        return sum;
    }
}
