package io.github.gan4j.datasets;

import io.github.gan4j.data.DatasetOptions;
import java.io.BufferedInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * Handwritten digits that come with the jar: 10,000 of MNIST's training pictures, drawn at random,
 * and all 10,000 of its test pictures.
 *
 * <p>28 x 28 grey, white on black, with labels. MNIST is by Yann LeCun, Corinna Cortes and
 * Christopher Burges, CC BY-SA 3.0; see {@code digits/NOTICE.md} in the jar.
 */
public final class Digits {

    /** The name that users ask for. */
    public static final String NAME = "digits";

    /** The names of the ten classes. */
    static final List<String> CLASS_NAMES =
            List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");

    private Digits() {}

    /**
     * Opens the digits.
     *
     * @param options size (28 or more), channels and the test flag are heeded
     * @return 10,000 pictures
     * @throws IOException if the resource is damaged
     * @throws io.github.gan4j.InvalidInputException if the size is less than 28
     */
    public static SmallImages open(DatasetOptions options) throws IOException {
        String part = options.isTest() ? "t10k" : "train";
        IdxFile images = resource(part + "-images-idx3-ubyte.gz");
        IdxFile labels = resource(part + "-labels-idx1-ubyte.gz");
        int side = images.getShape()[1];
        return new SmallImages(
                NAME, images.getData(), side, labels.getData(), CLASS_NAMES, options);
    }

    private static IdxFile resource(String name) throws IOException {
        try (InputStream in = Digits.class.getResourceAsStream("digits/" + name)) {
            if (in == null) {
                throw new FileNotFoundException("The jar lacks the resource digits/" + name);
            }
            return IdxFile.read(new BufferedInputStream(new GZIPInputStream(in)));
        }
    }
}
