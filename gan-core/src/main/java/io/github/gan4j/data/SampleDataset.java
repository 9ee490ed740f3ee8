package io.github.gan4j.data;

import ai.djl.ndarray.types.Shape;
import ai.djl.training.dataset.RandomAccessDataset;
import ai.djl.util.Progress;
import io.github.gan4j.SampleSpec;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A data set that a GAN can be trained on: one that knows the shape of its samples and the names of
 * its classes before a batch is read.
 *
 * <p>A batch holds one data array, float32 of shape {@code (N, C, H, W)} in [-1, 1] for pictures,
 * of shape {@code (N, D)} in any range for other samples, such as points of the plane; and, if the
 * set has classes, one label array, int64 class indices of shape {@code (N)}. A {@link
 * TranslationDataset} has two data arrays. To write one, implement {@link #get} and {@link
 * #availableSize}; DJL stacks the records into batches.
 */
public abstract class SampleDataset extends RandomAccessDataset {

    /** The batch size of {@link #getData(ai.djl.ndarray.NDManager)}, which names none. */
    private static final int DEFAULT_BATCH_SIZE = 64;

    private final String name;
    private final Shape sampleShape;
    private final List<String> classNames;

    /**
     * Constructs a data set.
     *
     * @param name the name, for messages and the run folder
     * @param sampleShape the shape of one sample without the batch axis, {@code (C, H, W)} for
     *     pictures, {@code (D)} for vectors
     * @param classNames the names of the classes in the order of their indices; empty if the
     *     samples have no labels
     */
    protected SampleDataset(String name, Shape sampleShape, List<String> classNames) {
        super(new Settings());
        this.name = Objects.requireNonNull(name, "name");
        this.sampleShape = Objects.requireNonNull(sampleShape, "sampleShape");
        this.classNames = List.copyOf(classNames);
    }

    /**
     * Returns the name of the data set.
     *
     * @return the name, for messages and the run folder
     */
    public final String getName() {
        return name;
    }

    /**
     * Returns the shape of one sample.
     *
     * @return the shape without the batch axis, {@code (C, H, W)} for pictures, {@code (D)} for
     *     vectors
     */
    public final Shape getSampleShape() {
        return sampleShape;
    }

    /**
     * Returns the names of the classes.
     *
     * @return the names in the order of their indices, immutable; empty if there are no labels
     */
    public final List<String> getClassNames() {
        return classNames;
    }

    /**
     * Returns what a variant must know of the samples to build its networks.
     *
     * @return the shape of a sample and the number of classes
     */
    public SampleSpec getSampleSpec() {
        return new SampleSpec(sampleShape, classNames.size());
    }

    /**
     * Tells whether batches hold labels.
     *
     * @return whether there are classes
     */
    public final boolean isLabelled() {
        return !classNames.isEmpty();
    }

    /**
     * Lists what the samples are made from, if that may change between two openings, as files do. A
     * run is resumed only with the contents that it was begun with.
     *
     * @return a checksum for each part, by a name that the user knows, in order; empty, unless
     *     overridden, for what is always the same
     */
    public Map<String, Integer> getContents() {
        return Map.of();
    }

    /**
     * Does nothing: a data set of ours is ready when it has been opened.
     *
     * @param progress ignored
     */
    @Override
    public void prepare(Progress progress) {
        // Opening did it all, so that bad input shows before a network is built.
    }

    /** What DJL wants to know of any data set; the order of training is the trainer's affair. */
    private static final class Settings extends BaseBuilder<Settings> {

        Settings() {
            setSampling(DEFAULT_BATCH_SIZE, false);
        }

        @Override
        protected Settings self() {
            return this;
        }
    }
}
