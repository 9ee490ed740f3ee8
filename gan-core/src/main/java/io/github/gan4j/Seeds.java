package io.github.gan4j;

/**
 * Randomness as a function: a seed for each purpose, derived from the seed of the run.
 *
 * <p>The state of the engine's generator cannot be read, so no run could be resumed exactly from
 * it. Instead every use of chance gets its own seed from {@code (run seed, purpose, index)}, and a
 * resumed run needs to know nothing but the index.
 */
public final class Seeds {

    /** The stream that initialises weights. */
    public static final long WEIGHTS = 1;

    /** The stream that a training step draws from. */
    public static final long STEP = 2;

    /** The stream that orders an epoch. */
    public static final long EPOCH = 3;

    /** The stream of the latents that sample pictures are drawn from. */
    public static final long SAMPLES = 4;

    /** The stream that matches, crops and mirrors the pictures of an epoch. */
    public static final long PICTURES = 5;

    /** The stream of the latents whose samples a {@link io.github.gan4j.watch.Watcher} compares. */
    public static final long WATCH = 6;

    /** The streams that the rounds of a game draw from outside of the engine. */
    public static final long ROUND = 7;

    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    private Seeds() {}

    /**
     * Derives a seed.
     *
     * @param seed the seed of the run
     * @param path what it is for, for instance {@code Seeds.STEP, 17}
     * @return 64 bits that look independent for each different path
     */
    public static long derive(long seed, long... path) {
        long state = mix(seed + GOLDEN_GAMMA);
        for (long part : path) {
            state = mix(mix(state + GOLDEN_GAMMA) ^ mix(part + GOLDEN_GAMMA));
        }
        return state;
    }

    /** The finaliser of SplitMix64 (Steele, Lea and Flood 2014), variant 13. */
    private static long mix(long z) {
        long x = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        x = (x ^ (x >>> 27)) * 0x94D049BB133111EBL;
        return x ^ (x >>> 31);
    }
}
