package io.github.gan4j.datasets;

import ai.djl.ndarray.types.Shape;
import io.github.gan4j.InvalidInputException;
import io.github.gan4j.Seeds;
import io.github.gan4j.data.DatasetOptions;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Three digits stacked as red, green and blue: 1000 classes to count the modes of a generator by
 * (Metz et al. 2017, Srivastava et al. 2017, Lin et al. 2018, section 4.2).
 *
 * <p>28 x 28 in three channels; digits a, b and c make the class {@code 100 a + 10 b + c}. There
 * are 128,000 triples to train on, each of three digits drawn at random and independently from the
 * training digits, and 26,000 of test digits; always the same ones. PacGAN draws from MNIST's
 * training and test digits together; here they are kept apart.
 */
public final class StackedDigits extends ImageDataset {

    /** The name of the set of triples of {@link Digits}. */
    public static final String NAME = "stacked-digits";

    /** The name of the set of triples of all of MNIST. */
    public static final String MNIST_NAME = "stacked-mnist";

    private static final int CHANNELS = 3;
    private static final int TRAINING_TRIPLES = 128_000;
    private static final int TEST_TRIPLES = 26_000;
    private static final long TRAINING_SEED = 1;
    private static final long TEST_SEED = 2;

    private static final List<String> CLASS_NAMES =
            IntStream.range(0, 1000).mapToObj(i -> String.format(Locale.ROOT, "%03d", i)).toList();

    private final SmallImages digits;
    private final int count;
    private final long seed;

    /**
     * Constructs a data set.
     *
     * @param name the name
     * @param digits grey digits of ten classes, at least one
     * @param count how many triples there are
     * @param seed what they are drawn from
     */
    public StackedDigits(String name, SmallImages digits, int count, long seed) {
        super(name, shape(digits), CLASS_NAMES);
        this.digits = digits;
        this.count = count;
        this.seed = seed;
    }

    private static Shape shape(SmallImages digits) {
        Shape grey = digits.getSampleShape();
        if (grey.get(0) != 1 || digits.getClassNames().size() != 10 || digits.size() == 0) {
            throw new IllegalArgumentException(
                    "Grey digits of ten classes are stacked, not %d samples %s of %d classes."
                            .formatted(digits.size(), grey, digits.getClassNames().size()));
        }
        return new Shape(CHANNELS, grey.get(1), grey.get(2));
    }

    /**
     * Opens triples of {@link Digits}.
     *
     * @param options size (28 or more) and the test flag are heeded
     * @return 128,000 triples, or 26,000 test triples
     * @throws IOException if the resource is damaged
     * @throws InvalidInputException if the size is less than 28, or grey pictures are asked for
     */
    public static StackedDigits open(DatasetOptions options) throws IOException {
        return stack(NAME, Digits.open(grey(NAME, options)), options);
    }

    /**
     * Opens triples of MNIST, which is found as {@link MnistProvider} says.
     *
     * @param options size (28 or more), repository and the test flag are heeded
     * @return 128,000 triples, or 26,000 test triples
     * @throws IOException if the files are damaged
     * @throws InvalidInputException if MNIST is not to be had, the size is less than 28, or grey
     *     pictures are asked for
     */
    public static StackedDigits openMnist(DatasetOptions options) throws IOException {
        return stack(MNIST_NAME, DjlSet.MNIST.open(grey(MNIST_NAME, options)), options);
    }

    private static DatasetOptions grey(String name, DatasetOptions options) {
        if (options.getChannels().orElse(CHANNELS) != CHANNELS) {
            throw new InvalidInputException(
                    "The pictures of %s have a digit in each of 3 channels: leave out --channels."
                            .formatted(name));
        }
        return options.withChannels(1);
    }

    private static StackedDigits stack(String name, SmallImages digits, DatasetOptions options) {
        return options.isTest()
                ? new StackedDigits(name, digits, TEST_TRIPLES, TEST_SEED)
                : new StackedDigits(name, digits, TRAINING_TRIPLES, TRAINING_SEED);
    }

    /** Which digit a channel of a triple holds. */
    private long digit(long index, int channel) {
        return Long.remainderUnsigned(Seeds.derive(seed, index, channel), digits.size());
    }

    @Override
    protected void read(long index, float[] target) {
        float[] plane = new float[target.length / CHANNELS];
        for (int c = 0; c < CHANNELS; c++) {
            digits.read(digit(index, c), plane);
            System.arraycopy(plane, 0, target, c * plane.length, plane.length);
        }
    }

    @Override
    protected long label(long index) {
        long label = 0;
        for (int c = 0; c < CHANNELS; c++) {
            label = 10 * label + digits.label(digit(index, c));
        }
        return label;
    }

    @Override
    protected long availableSize() {
        return count;
    }
}
