package io.github.gan4j.datasets;

import io.github.gan4j.Seeds;
import io.github.gan4j.data.EpochSampler;
import java.util.function.IntUnaryOperator;

/**
 * What chance decides in an epoch of pictures: which meet, where they are cropped, which are
 * mirrored.
 *
 * <p>All of it is a function of the seed of the run, the number of the epoch and the number of the
 * sample, whatever the batch size and wherever a resumed run begins.
 */
final class EpochDraws {

    private static final long PARTNERS = 0;
    private static final long LEFT = 1;
    private static final long TOP = 2;
    private static final long MIRROR = 3;

    private static final EpochDraws NONE = new EpochDraws(false, 0);

    private final boolean chance;
    private final long seed;

    private EpochDraws(boolean chance, long seed) {
        this.chance = chance;
        this.seed = seed;
    }

    /** Nothing is left to chance: partners by number, central crops, no mirroring. */
    static EpochDraws none() {
        return NONE;
    }

    static EpochDraws of(long seed, long epoch) {
        return new EpochDraws(true, Seeds.derive(seed, Seeds.PICTURES, epoch));
    }

    /**
     * Matches samples with the pictures of the other domain. Each picture gets equally many
     * partners, give or take one.
     *
     * @param count the number of pictures of the other domain
     * @return the number of the picture that meets a sample
     */
    IntUnaryOperator partners(int count) {
        if (!chance) {
            return index -> index % count;
        }
        int[] order = EpochSampler.permutation(Seeds.derive(seed, PARTNERS), count);
        return index -> order[index % count];
    }

    /**
     * Says which part of a picture becomes the sample.
     *
     * @param index the number of the sample
     * @param domain what tells apart pictures of the same number that are placed independently
     * @param width the width of the picture, at least the size
     * @param height the height of the picture, at least the size
     * @param size the height and width of the sample
     * @param mirrors whether mirroring is wished for
     */
    Placement place(long index, long domain, int width, int height, int size, boolean mirrors) {
        int across = width - size;
        int down = height - size;
        if (!chance) {
            return new Placement(across / 2, down / 2, size, false);
        }
        return new Placement(
                below(across + 1, LEFT, domain, index),
                below(down + 1, TOP, domain, index),
                size,
                mirrors && below(2, MIRROR, domain, index) == 1);
    }

    private int below(int bound, long... path) {
        return (int) Long.remainderUnsigned(Seeds.derive(seed, path), bound);
    }

    /** A square of a picture, mirrored or not. */
    record Placement(int left, int top, int size, boolean mirrored) {

        Pixels cut(Pixels picture) {
            Pixels square = picture.window(left, top, size, size);
            return mirrored ? square.mirrored() : square;
        }
    }
}
