package io.github.gan4j.metric;

import java.util.Arrays;
import java.util.Random;

/** Samples whose measures are known. */
final class Samples {

    private Samples() {}

    /** Independent normal features, each of the given mean and deviation. */
    static Features normal(int count, int size, double mean, double deviation, long seed) {
        Random random = new Random(seed);
        float[] values = new float[count * size];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (mean + deviation * random.nextGaussian());
        }
        return Features.of(size, values);
    }

    /** Normal features about modes that lie 20 apart on the axes: sample i about mode i % modes. */
    static Features modes(int count, int size, int modes, long seed) {
        Random random = new Random(seed);
        float[] values = new float[count * size];
        for (int i = 0; i < count; i++) {
            for (int k = 0; k < size; k++) {
                values[i * size + k] = (float) random.nextGaussian() + (k == i % modes ? 20 : 0);
            }
        }
        return Features.of(size, values);
    }

    /** The same row again and again. */
    static Features constant(int count, float... row) {
        float[][] rows = new float[count][];
        Arrays.fill(rows, row);
        return Features.of(rows);
    }
}
