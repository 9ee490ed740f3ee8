package io.github.gan4j.data;

import ai.djl.ndarray.types.Shape;
import io.github.gan4j.SampleSpec;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A data set of two domains, A and B, between which a GAN learns to translate.
 *
 * <p>A batch holds two data arrays, float32 in [-1, 1]: first the samples of domain A, {@code (N,
 * C, H, W)}, then those of domain B; and no labels. In a paired set sample i of one array is the
 * translation of sample i of the other. In an unpaired set they have nothing to do with each other:
 * the partner is drawn anew in every epoch.
 *
 * <p>{@link #getSampleShape()} is the shape of domain A.
 */
public abstract class TranslationDataset extends SampleDataset {

    private final Shape shapeB;

    /**
     * Constructs a data set.
     *
     * @param name the name, for messages and the run folder
     * @param shapeA the shape of one sample of domain A, {@code (C, H, W)}
     * @param shapeB the shape of one sample of domain B, {@code (C, H, W)}
     */
    protected TranslationDataset(String name, Shape shapeA, Shape shapeB) {
        super(name, shapeA, List.of());
        this.shapeB = Objects.requireNonNull(shapeB, "shapeB");
    }

    /**
     * Returns the shape of one sample of domain A.
     *
     * @return the shape without the batch axis, {@code (C, H, W)}
     */
    public final Shape getShapeA() {
        return getSampleShape();
    }

    /**
     * Returns the shape of one sample of domain B.
     *
     * @return the shape without the batch axis, {@code (C, H, W)}
     */
    public final Shape getShapeB() {
        return shapeB;
    }

    @Override
    public final SampleSpec getSampleSpec() {
        return SampleSpec.ofDomains(getShapeA(), shapeB, isPaired());
    }

    /**
     * Tells whether the samples of a batch belong together.
     *
     * @return whether sample i of domain B is the true translation of sample i of domain A
     */
    public abstract boolean isPaired();

    /**
     * Returns the held-out part. It may be paired, so that the truth is known, although the
     * training part is not.
     *
     * @return the part that is never trained on; empty if there is none, or if this is the held-out
     *     part
     */
    public abstract Optional<TranslationDataset> getTest();
}
