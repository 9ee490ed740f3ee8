package io.github.gan4j.metric;

import io.github.gan4j.InvalidInputException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/**
 * The sliced Wasserstein distance between patches of pictures, scale by scale (Karras et al. 2018,
 * section 5): random patches of 7 x 7 pixels from each level of a Laplacian pyramid, each channel
 * normalised to mean 0 and deviation 1, compared along 512 directions and multiplied by 1000. It
 * tells at which scale pictures differ: the first level from fine texture, the last from large
 * shapes.
 *
 * <p>Levels halve until a side would be shorter than 16 pixels. Of 8192 pictures at most 128
 * patches each are taken, but 65,536 patches of a level at most, so that memory suffices.
 */
public final class PatchWasserstein extends AbstractMeasure {

    private static final int PATCH = 7;
    private static final int SMALLEST = 16;
    private static final int MOST_IMAGES = 8192;
    private static final int PATCHES_OF_IMAGE = 128;
    private static final int MOST_PATCHES = 1 << 16;
    private static final double SCALE = 1000;

    /** Constructs the measure. */
    public PatchWasserstein() {
        super(
                "swd-patches",
                "sliced Wasserstein distance between patches at each scale (Karras et al. 2018)",
                true,
                Set.of(Evidence.Part.IMAGES),
                Set.of(Evidence.Part.IMAGES));
    }

    /**
     * Measures each level.
     *
     * @param real real pictures
     * @param fake generated pictures of the same size
     * @param seed the seed of the choice of pictures, patches and directions
     * @return 1000 times the distance of each level, the largest pictures first
     * @throws InvalidInputException if the pictures have different sizes, or are smaller than a
     *     patch
     */
    public static double[] between(Images real, Images fake, long seed) {
        real.requireSameSize(fake);
        int side = Math.min(real.getHeight(), real.getWidth());
        if (side < PATCH) {
            throw new InvalidInputException(
                    "Pictures of %d x %d are smaller than a patch of 7 x 7; use larger ones."
                            .formatted(real.getHeight(), real.getWidth()));
        }
        int levels = 1;
        for (int half = side / 2; half >= SMALLEST; half /= 2) {
            levels++;
        }
        int images = Math.min(MOST_IMAGES, Math.min(real.getCount(), fake.getCount()));
        Features[] realPatches = patches(real.subset(images, seed), levels, seed);
        Features[] fakePatches = patches(fake.subset(images, seed), levels, seed);
        double[] distances = new double[levels];
        for (int level = 0; level < levels; level++) {
            distances[level] =
                    SCALE
                            * SlicedWasserstein.between(
                                    realPatches[level],
                                    fakePatches[level],
                                    SlicedWasserstein.DIRECTIONS,
                                    seed);
        }
        return distances;
    }

    /** Cuts patches, a row each, from each level; channels are normalised over all patches. */
    private static Features[] patches(Images images, int levels, long seed) {
        int channels = images.getChannels();
        int area = PATCH * PATCH;
        int each = Math.min(PATCHES_OF_IMAGE, Math.max(1, MOST_PATCHES / images.getCount()));
        float[][] values = new float[levels][images.getCount() * each * channels * area];
        Random random = Sampling.random(seed, "patches");
        for (int n = 0; n < images.getCount(); n++) {
            int[][] corners = null;
            for (int c = 0; c < channels; c++) {
                List<LaplacianPyramid.Plane> pyramid =
                        LaplacianPyramid.of(
                                new LaplacianPyramid.Plane(
                                        images.plane(n, c), images.getHeight(), images.getWidth()),
                                levels);
                if (corners == null) {
                    corners = corners(pyramid, each, random);
                }
                for (int level = 0; level < levels; level++) {
                    for (int p = 0; p < each; p++) {
                        int to = ((n * each + p) * channels + c) * area;
                        cut(pyramid.get(level), corners[level][p], values[level], to);
                    }
                }
            }
        }
        Features[] result = new Features[levels];
        for (int level = 0; level < levels; level++) {
            for (int c = 0; c < channels; c++) {
                normalize(values[level], c * area, channels * area);
            }
            result[level] = Features.of(channels * area, values[level]);
            values[level] = null;
        }
        return result;
    }

    /** Chooses where patches of a picture begin, in each level; all channels share them. */
    private static int[][] corners(List<LaplacianPyramid.Plane> pyramid, int count, Random random) {
        int[][] corners = new int[pyramid.size()][count];
        for (int level = 0; level < corners.length; level++) {
            LaplacianPyramid.Plane plane = pyramid.get(level);
            for (int p = 0; p < count; p++) {
                int row = random.nextInt(plane.height() - PATCH + 1);
                int column = random.nextInt(plane.width() - PATCH + 1);
                corners[level][p] = row * plane.width() + column;
            }
        }
        return corners;
    }

    private static void cut(LaplacianPyramid.Plane plane, int corner, float[] target, int to) {
        for (int i = 0; i < PATCH; i++) {
            for (int j = 0; j < PATCH; j++) {
                target[to + i * PATCH + j] = (float) plane.values()[corner + i * plane.width() + j];
            }
        }
    }

    /** Normalises one channel of all patches; a channel that does not vary becomes 0. */
    private static void normalize(float[] values, int from, int step) {
        int area = PATCH * PATCH;
        double count = (double) values.length / step * area;
        double mean = 0;
        for (int start = from; start < values.length; start += step) {
            for (int i = start; i < start + area; i++) {
                mean += values[i] / count;
            }
        }
        double variance = 0;
        for (int start = from; start < values.length; start += step) {
            for (int i = start; i < start + area; i++) {
                variance += (values[i] - mean) * (values[i] - mean) / count;
            }
        }
        // A millionth of the range of values is rounding and no contrast.
        double scale = variance < 1e-12 ? 0 : 1 / Math.sqrt(variance);
        for (int start = from; start < values.length; start += step) {
            for (int i = start; i < start + area; i++) {
                values[i] = (float) ((values[i] - mean) * scale);
            }
        }
    }

    @Override
    public boolean isUsual() {
        return false;
    }

    /**
     * {@inheritDoc}
     *
     * <p>The mean over levels, and the first and the last of them.
     */
    @Override
    public Map<String, Double> evaluate(Evidence real, Evidence fake, long seed) {
        double[] levels = between(real.getImages(), fake.getImages(), seed);
        return new TreeMap<>(
                Map.of(
                        getName(),
                        Arrays.stream(levels).sum() / levels.length,
                        getName() + "-fine",
                        levels[0],
                        getName() + "-coarse",
                        levels[levels.length - 1]));
    }
}
