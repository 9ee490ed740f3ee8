package io.github.gan4j.data;

import io.github.gan4j.InvalidInputException;
import java.util.Objects;

/**
 * How training pictures are varied: scaled, cropped at random, mirrored at random.
 *
 * <p>The square cut out has the size of a sample. What is drawn is a function of the seed of the
 * run, the number of the epoch and the number of the sample, and the same for both halves of a
 * pair. Held-out pictures are never varied.
 *
 * @param scaling what happens before the crop
 * @param loadSize the height and width before the crop if the scaling is {@link
 *     Scaling#TO_LOAD_SIZE}, else 0
 * @param mirrored whether one picture in two is flipped left to right
 */
public record Augmentation(Scaling scaling, int loadSize, boolean mirrored) {

    /** What happens to a picture before the crop. */
    public enum Scaling {
        /** It is scaled to the size of a sample, and nothing is left to crop. */
        TO_SAMPLE_SIZE,
        /** It is scaled to a load size that is larger than a sample. */
        TO_LOAD_SIZE,
        /** It is left as it is, and must be at least as large as a sample. */
        NONE
    }

    /**
     * Constructs an augmentation; the factory methods read better.
     *
     * @param scaling what happens before the crop
     * @param loadSize the height and width before the crop, 0 if there is no load size
     * @param mirrored whether one picture in two is flipped left to right
     * @throws InvalidInputException if the load size is out of range
     */
    public Augmentation {
        Objects.requireNonNull(scaling, "scaling");
        boolean wanted = scaling == Scaling.TO_LOAD_SIZE;
        if (wanted && (loadSize < DatasetOptions.MIN_SIZE || loadSize > DatasetOptions.MAX_SIZE)) {
            throw new InvalidInputException(
                    "Load size %d is out of range: use a load size of %d to %d pixels."
                            .formatted(loadSize, DatasetOptions.MIN_SIZE, DatasetOptions.MAX_SIZE));
        }
        if (!wanted && loadSize != 0) {
            throw new InvalidInputException(
                    "Load size %d has no meaning with scaling %s: leave it 0."
                            .formatted(loadSize, scaling));
        }
    }

    /**
     * Returns no augmentation.
     *
     * @return pictures are scaled to the size of a sample, not cropped further and not mirrored
     */
    public static Augmentation none() {
        return new Augmentation(Scaling.TO_SAMPLE_SIZE, 0, false);
    }

    /**
     * Returns the augmentation of pix2pix and CycleGAN, which load 286 pixels for samples of 256.
     *
     * @param loadSize the height and width before the random crop, at least those of a sample
     * @return pictures are scaled to the load size and cropped, not mirrored
     * @throws InvalidInputException if the load size is out of range
     */
    public static Augmentation resizeAndCrop(int loadSize) {
        return new Augmentation(Scaling.TO_LOAD_SIZE, loadSize, false);
    }

    /**
     * Returns an augmentation that keeps the scale of the pictures.
     *
     * @return pictures are cropped from their own size, not mirrored
     */
    public static Augmentation crop() {
        return new Augmentation(Scaling.NONE, 0, false);
    }

    /**
     * Returns this augmentation with or without mirroring.
     *
     * @param mirrored whether one picture in two is flipped left to right
     * @return a new augmentation
     */
    public Augmentation withMirrored(boolean mirrored) {
        return new Augmentation(scaling, loadSize, mirrored);
    }
}
