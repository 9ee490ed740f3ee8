package io.github.gan4j.datasets;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.dataset.Record;
import ai.djl.training.dataset.Sampler;
import io.github.gan4j.data.EpochSampler;
import io.github.gan4j.data.TranslationDataset;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutorService;

/**
 * Pictures of two domains, read ahead as those of an {@link ImageDataset} are.
 *
 * <p>The training part is varied as its {@link io.github.gan4j.data.Augmentation} says, and
 * unpaired partners are drawn, if the order of the samples comes from an {@link EpochSampler},
 * whose seed and epoch decide it all. With any other sampler, with {@link #get}, and in the
 * held-out part nothing is left to chance: the middle is cropped, nothing is mirrored, and sample i
 * is picture i of both domains, where the smaller one begins anew when it ends.
 */
public abstract sealed class TranslationImages extends TranslationDataset
        permits PairedImages, UnpairedImages {

    private final TranslationForm form;
    private final TranslationDataset test;
    private final BatchReader reader;

    TranslationImages(String name, TranslationForm form, TranslationDataset test) {
        super(name, form.shape(), form.shape());
        this.form = form;
        this.test = test;
        reader = new BatchReader(name);
    }

    /** Reads samples of one epoch: domain A, then domain B, as values in [-1, 1]. */
    interface SampleReader {

        void read(int index, float[] target);
    }

    abstract SampleReader reader(EpochDraws draws);

    /**
     * Returns the names of the pictures of domain A.
     *
     * @return their paths within their folder, with slashes; immutable
     */
    public abstract List<String> getNamesA();

    /**
     * Returns the names of the pictures of domain B.
     *
     * @return their paths within their folder, with slashes; immutable
     */
    public abstract List<String> getNamesB();

    /**
     * Returns the files that were passed over because they cannot be read.
     *
     * @return their paths within their folder, immutable
     */
    public abstract List<String> getSkippedFiles();

    @Override
    public final Optional<TranslationDataset> getTest() {
        return Optional.ofNullable(test);
    }

    final TranslationForm form() {
        return form;
    }

    /** Writes a part of a picture as half a sample. */
    final void write(Pixels picture, EpochDraws.Placement placement, float[] target, int to) {
        Pixels sample = placement.cut(picture).withChannels(form.channels());
        ImageDataset.normalise(sample.data(), 0, target, to, sample.data().length);
    }

    /**
     * Reads one sample, leaving nothing to chance.
     *
     * @return two data arrays of shape {@code (C, H, W)}, domain A and domain B
     */
    @Override
    public Record get(NDManager manager, long index) {
        int volume = Math.toIntExact(form.shape().size());
        float[] sample = new float[2 * volume];
        source(EpochDraws.none()).read(index, sample);
        NDList data =
                new NDList(
                        manager.create(Arrays.copyOf(sample, volume), getShapeA()),
                        manager.create(
                                Arrays.copyOfRange(sample, volume, 2 * volume), getShapeB()));
        return new Record(data, new NDList());
    }

    @Override
    public ReadAhead getData(NDManager manager, Sampler sampler) {
        return getData(manager, sampler, null);
    }

    /**
     * Reads batches ahead, on a thread of its own.
     *
     * @param executorService runs the reading; {@code null}, which suits most, for a daemon thread
     *     of the data set's own that ends when there is nothing to read
     */
    @Override
    public ReadAhead getData(NDManager manager, Sampler sampler, ExecutorService executorService) {
        EpochDraws draws =
                !form.heldOut() && sampler instanceof EpochSampler epoch
                        ? EpochDraws.of(epoch.getSeed(), epoch.getEpoch())
                        : EpochDraws.none();
        return reader.read(this, source(draws), manager, sampler, executorService);
    }

    private Source source(EpochDraws draws) {
        return new Source(reader(draws));
    }

    /** One epoch as the reading thread sees it. */
    private final class Source implements SampleSource {

        private final SampleReader samples;

        Source(SampleReader samples) {
            this.samples = samples;
        }

        @Override
        public long size() {
            return TranslationImages.this.size();
        }

        @Override
        public List<Shape> shapes() {
            return List.of(getShapeA(), getShapeB());
        }

        @Override
        public boolean isLabelled() {
            return false;
        }

        @Override
        public void read(long index, float[] target) {
            samples.read((int) Objects.checkIndex(index, availableSize()), target);
        }

        @Override
        public long label(long index) {
            throw new UnsupportedOperationException("Translation has no labels.");
        }
    }
}
