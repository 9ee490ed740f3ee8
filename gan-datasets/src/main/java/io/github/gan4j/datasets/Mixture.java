package io.github.gan4j.datasets;

import ai.djl.ndarray.types.Shape;
import io.github.gan4j.InvalidInputException;
import io.github.gan4j.data.DatasetOptions;
import io.github.gan4j.data.GaussianMixture;
import io.github.gan4j.data.KnownMixture;
import java.util.List;

/**
 * Points drawn from a mixture of Gaussians in the plane, float32 of shape {@code (2)}, without
 * labels: 100,000 to train on and 10,000 others to test with, always the same ones.
 *
 * <p>The coordinates are those of the mixture and <em>not</em> scaled to [-1, 1], as in PacGAN's
 * protocol (Lin et al. 2018, section 4.1): those of {@link #grid} reach from about -4.2 to 4.2. A
 * generator of points therefore ends in a linear layer, without tanh.
 */
public final class Mixture extends ReadAheadDataset implements KnownMixture {

    /** The name of the ring of 8. */
    public static final String RING = "ring";

    /** The name of the grid of 25. */
    public static final String GRID = "grid";

    private static final int TRAINING_POINTS = 100_000;
    private static final int TEST_POINTS = 10_000;
    private static final long TRAINING_SEED = 1;
    private static final long TEST_SEED = 2;

    private final GaussianMixture mixture;
    private final float[] points;

    /**
     * Constructs a data set.
     *
     * @param name the name
     * @param mixture the distribution of the points
     * @param count how many points there are
     * @param seed what they are drawn from
     */
    public Mixture(String name, GaussianMixture mixture, int count, long seed) {
        super(name, new Shape(2), List.of());
        this.mixture = mixture;
        points = mixture.sample(count, seed);
    }

    /**
     * Opens the ring: 8 means on the unit circle, standard deviation 0.01.
     *
     * @param options the test flag is heeded
     * @return 100,000 points, or 10,000 test points
     * @throws InvalidInputException if pictures of a size or of channels are asked for
     */
    public static Mixture ring(DatasetOptions options) {
        return open(RING, GaussianMixture.ring(8, 1, 0.01), options);
    }

    /**
     * Opens the grid: 25 means at {-4, -2, 0, 2, 4} x {-4, -2, 0, 2, 4}, standard deviation 0.05.
     *
     * @param options the test flag is heeded
     * @return 100,000 points, or 10,000 test points
     * @throws InvalidInputException if pictures of a size or of channels are asked for
     */
    public static Mixture grid(DatasetOptions options) {
        return open(GRID, GaussianMixture.grid(5, 2, 0.05), options);
    }

    private static Mixture open(String name, GaussianMixture mixture, DatasetOptions options) {
        if (options.getSize().isPresent() || options.getChannels().isPresent()) {
            throw new InvalidInputException(
                    ("The data set '%s' holds points of the plane, which have neither size nor"
                                    + " channels: leave out --size and --channels.")
                            .formatted(name));
        }
        return options.isTest()
                ? new Mixture(name, mixture, TEST_POINTS, TEST_SEED)
                : new Mixture(name, mixture, TRAINING_POINTS, TRAINING_SEED);
    }

    @Override
    public GaussianMixture getMixture() {
        return mixture;
    }

    @Override
    protected void read(long index, float[] target) {
        System.arraycopy(points, 2 * (int) index, target, 0, 2);
    }

    @Override
    protected long label(long index) {
        throw new UnsupportedOperationException("Points of a mixture have no labels.");
    }

    @Override
    protected long availableSize() {
        return points.length / 2;
    }
}
