package io.github.gan4j.datasets;

import ai.djl.ndarray.types.Shape;
import io.github.gan4j.InvalidInputException;
import io.github.gan4j.data.Augmentation;
import io.github.gan4j.data.Augmentation.Scaling;
import io.github.gan4j.data.DatasetOptions;
import java.io.IOException;
import java.util.stream.Stream;

/**
 * The form that the pictures of both domains are brought into.
 *
 * @param size the height and width of a sample
 * @param channels 1 or 3; 0 until it is known
 * @param heldOut whether nothing is left to chance
 * @param options the wishes of the user
 */
record TranslationForm(int size, int channels, boolean heldOut, DatasetOptions options) {

    TranslationForm {
        Augmentation wish = options.getAugmentation();
        if (wish.scaling() == Scaling.TO_LOAD_SIZE && wish.loadSize() < size) {
            throw new InvalidInputException(
                    ("Load size %d is smaller than the samples, which have %d pixels a side: use a"
                                    + " load size of %d or more, or smaller samples.")
                            .formatted(wish.loadSize(), size, size));
        }
    }

    Shape shape() {
        return new Shape(channels, size, size);
    }

    boolean mirrored() {
        return options.getAugmentation().mirrored();
    }

    /** This form with the channels that the user, or else the pictures, ask for, if it has none. */
    TranslationForm withChannelsOf(Pictures... pictures) {
        if (channels > 0) {
            return this;
        }
        int most = Stream.of(pictures).mapToInt(Pictures::channels).max().orElseThrow();
        return new TranslationForm(size, options.getChannels().orElse(most), heldOut, options);
    }

    /** This form for held-out pictures. */
    TranslationForm forTest() {
        return new TranslationForm(size, channels, true, options);
    }

    /** The size that pictures are scaled to; 0 if they keep their own. */
    int scaledSize() {
        return switch (options.getAugmentation().scaling()) {
            case NONE -> 0;
            case TO_SAMPLE_SIZE -> size;
            case TO_LOAD_SIZE -> heldOut ? size : options.getAugmentation().loadSize();
        };
    }

    /** Whether so many prepared pictures of one domain may be kept in the heap. */
    boolean isRoomFor(int count) {
        int side = scaledSize();
        // Both domains share the room. Pictures of their own size may be of any.
        return side > 0 && Pictures.isRoomFor(2L * count, side, side);
    }

    /** Scales a picture, if it is to be scaled, to what samples are cut from. */
    Pixels prepare(Pixels pixels) throws IOException {
        int side = scaledSize();
        if (side > 0) {
            return ImageScaler.fit(pixels, side, options.getFit(), options.getBackground());
        }
        if (Math.min(pixels.width(), pixels.height()) < size) {
            throw new IOException(
                    "%d x %d pixels, too small for a crop of %d: wish for smaller samples or a load size"
                            .formatted(pixels.width(), pixels.height(), size));
        }
        return pixels;
    }

    /** Prepares both halves of a picture that holds a pair side by side. */
    Pixels prepareHalves(Pixels both) throws IOException {
        if (both.width() % 2 != 0) {
            throw new IOException(
                    "its width of %d pixels is odd, so it has no two halves"
                            .formatted(both.width()));
        }
        return preparePair(left(both), right(both));
    }

    /** Prepares the pictures of a pair and lays them side by side. */
    Pixels preparePair(Pixels a, Pixels b) throws IOException {
        Pixels left = prepare(a);
        Pixels right = prepare(b);
        if (left.width() != right.width() || left.height() != right.height()) {
            throw new IOException(
                    "%d x %d pixels, but its partner %d x %d: wish for a load size"
                            .formatted(a.width(), a.height(), b.width(), b.height()));
        }
        return left.beside(right);
    }

    /** Domain A of a pair side by side. */
    static Pixels left(Pixels both) {
        return both.window(0, 0, both.width() / 2, both.height());
    }

    /** Domain B of a pair side by side. */
    static Pixels right(Pixels both) {
        return both.window(both.width() / 2, 0, both.width() / 2, both.height());
    }
}
