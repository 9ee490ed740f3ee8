package io.github.gan4j.metric;

import io.github.gan4j.Seeds;
import java.util.Random;

/**
 * Choices by seed. {@link Random} is used because its specification fixes its sequence, so a seed
 * means the same sample on every Java.
 */
final class Sampling {

    private Sampling() {}

    /** Makes a source of chance for one purpose. */
    static Random random(long seed, String purpose) {
        return new Random(Seeds.derive(seed, purpose.hashCode()));
    }

    /** Draws {@code count} of {@code 0 .. n - 1} without replacement, in random order. */
    static int[] choose(int n, int count, Random random) {
        int[] all = new int[n];
        for (int i = 0; i < n; i++) {
            all[i] = i;
        }
        int[] chosen = new int[count];
        for (int i = 0; i < count; i++) {
            int other = i + random.nextInt(n - i);
            chosen[i] = all[other];
            all[other] = all[i];
        }
        return chosen;
    }
}
