package io.github.gan4j.metric;

import java.util.Random;

/** Small grey pictures: a bright disc somewhere, and what is worse than that. */
final class Pictures {

    static final int SIDE = 20;
    private static final int AREA = SIDE * SIDE;

    private Pictures() {}

    /** Discs of random place, size and brightness. */
    static float[] discs(int count, long seed) {
        Random random = new Random(seed);
        float[] values = new float[count * AREA];
        for (int n = 0; n < count; n++) {
            double x = 5 + 10 * random.nextDouble();
            double y = 5 + 10 * random.nextDouble();
            double radius = 2 + 3 * random.nextDouble();
            double brightness = 1 + 0.9 * random.nextDouble();
            for (int i = 0; i < AREA; i++) {
                double distance = Math.hypot(i % SIDE - x, i / SIDE - y);
                double inside = Math.max(0, Math.min(1, radius - distance + 0.5));
                values[n * AREA + i] = (float) (brightness * inside - 1);
            }
        }
        return values;
    }

    /** Means of 5 x 5 pixels. */
    static float[] blurred(float[] sharp) {
        float[] values = new float[sharp.length];
        for (int i = 0; i < values.length; i++) {
            int row = i % AREA / SIDE;
            int column = i % SIDE;
            int seen = 0;
            for (int r = Math.max(0, row - 2); r <= Math.min(SIDE - 1, row + 2); r++) {
                for (int c = Math.max(0, column - 2); c <= Math.min(SIDE - 1, column + 2); c++) {
                    values[i] += sharp[i / AREA * AREA + r * SIDE + c];
                    seen++;
                }
            }
            values[i] /= seen;
        }
        return values;
    }

    /** Independent pixels. */
    static float[] noise(int count, long seed) {
        Random random = new Random(seed);
        float[] values = new float[count * AREA];
        for (int i = 0; i < values.length; i++) {
            values[i] = 2 * random.nextFloat() - 1;
        }
        return values;
    }

    /** Pictures, their pixels through a fixed random layer of rectifiers as features. */
    static Evidence evidence(float[] values) {
        Images images = Images.of(values, 1, SIDE, SIDE);
        Features directions = Samples.normal(32, AREA, 0, 1, 77);
        float[] features = new float[images.getCount() * 32];
        for (int n = 0; n < images.getCount(); n++) {
            for (int k = 0; k < 32; k++) {
                double sum = 0;
                for (int i = 0; i < AREA; i++) {
                    sum += directions.get(k, i) * (values[n * AREA + i] + 1) / 2;
                }
                features[n * 32 + k] = (float) Math.max(0, sum / 10);
            }
        }
        return Evidence.builder().optFeatures(Features.of(32, features)).optImages(images).build();
    }
}
