package io.github.gan4j.evaluation;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.gan4j.InvalidInputException;
import io.github.gan4j.Seeds;
import io.github.gan4j.classifier.ClassifierTrainer;
import io.github.gan4j.classifier.LabelledPictures;
import io.github.gan4j.classifier.SmallClassifier;
import io.github.gan4j.torch.Torch;
import java.util.Objects;
import java.util.random.RandomGenerator;

/**
 * Asks what generated samples are worth to a classifier: one and the same is trained on real
 * samples, on generated ones, and on both, and tested on real samples that none of them has seen.
 * The accuracy of the one that has seen generated samples alone is the classification accuracy
 * score of Ravuri and Vinyals 2019.
 *
 * <p>The generator must have been trained on the same real samples and on no others, or it brings
 * in what the classifier beside it was not given. Each training takes equally many updates, from
 * the same weights; where real and generated samples are mixed, half of them are real on average,
 * whatever the number of either. Moving pictures by a pixel or two is what augmentation without a
 * generator comes to, and so the baseline that a generator has to beat.
 */
public final class AugmentationStudy {

    private static final double RATE = 3e-3;
    private static final int MOST_SHIFT = 2;

    /** What a classifier is trained on. */
    public enum Diet {

        /** Real samples. */
        REAL("real", true, false, false),

        /** Real samples, moved by up to two pixels. */
        REAL_SHIFTED("real, shifted", true, false, true),

        /** Generated samples. */
        GENERATED("generated", false, true, false),

        /** Half real samples, half generated ones. */
        BOTH("real and generated", true, true, false),

        /** Half real samples, half generated ones, all moved by up to two pixels. */
        BOTH_SHIFTED("real and generated, shifted", true, true, true);

        private final String title;
        private final boolean real;
        private final boolean generated;
        private final boolean shifted;

        Diet(String title, boolean real, boolean generated, boolean shifted) {
            this.title = title;
            this.real = real;
            this.generated = generated;
            this.shifted = shifted;
        }

        /**
         * Returns what it is, for people.
         *
         * @return a few words
         */
        public String getTitle() {
            return title;
        }
    }

    private final SampleSet real;
    private final SampleSet test;
    private final int classes;
    private final int updates;
    private final Device device;

    private AugmentationStudy(Builder builder) {
        real = requireLabels(builder.real, "real samples");
        test = requireLabels(builder.test, "test samples");
        classes = builder.classes;
        updates = builder.updates;
        device = builder.device;
        requireShape(test, "test samples");
        InvalidInputException.requireAtLeast(1, "The number of updates", updates);
    }

    /**
     * Starts to describe a study.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Trains a classifier and tests it.
     *
     * @param diet what it is trained on
     * @param generated generated samples with the classes that were asked for; needed where the
     *     diet has some
     * @param seed what its first weights, the order and the shifts depend on
     * @return the share of test samples that it puts into their class, 0 to 1
     * @throws InvalidInputException if the generated samples have no classes or another size
     */
    public double accuracy(Diet diet, SampleSet generated, long seed) {
        if (diet.generated) {
            requireLabels(generated, "generated samples");
            requireShape(generated, "generated samples");
        }
        try (NDManager manager = Torch.newManager(device)) {
            Torch.seed(Seeds.derive(seed, Seeds.WEIGHTS));
            SmallClassifier classifier =
                    new SmallClassifier(manager, real.getSampleShape(), classes);
            new ClassifierTrainer(manager, classifier, pictures(diet, generated), seed)
                    .train(updates, RATE, (epoch, loss) -> {});
            return ClassifierTrainer.accuracy(manager, classifier, new Labelled(test));
        }
    }

    private LabelledPictures pictures(Diet diet, SampleSet generated) {
        LabelledPictures pictures =
                diet.real && diet.generated
                        ? new InTurn(new Labelled(real), new Labelled(generated))
                        : new Labelled(diet.real ? real : generated);
        return diet.shifted ? new Shifted(pictures) : pictures;
    }

    private static SampleSet requireLabels(SampleSet samples, String what) {
        Objects.requireNonNull(samples, what);
        int[] labels = samples.isPoints() ? null : samples.getLabels();
        if (labels == null) {
            throw new InvalidInputException(
                    "The %s are no pictures with classes, which a classifier learns."
                            .formatted(what));
        }
        return samples;
    }

    private void requireShape(SampleSet samples, String what) {
        Shape shape = samples.getSampleShape();
        if (!shape.equals(real.getSampleShape())) {
            throw new InvalidInputException(
                    "The %s are of %s, the real samples of %s; bring both to one size."
                            .formatted(what, shape, real.getSampleShape()));
        }
    }

    /** The samples of a set. */
    private record Labelled(SampleSet samples, int[] labels) implements LabelledPictures {

        Labelled(SampleSet samples) {
            this(samples, samples.getLabels());
        }

        @Override
        public Shape getSampleShape() {
            return samples.getSampleShape();
        }

        @Override
        public int getCount() {
            return samples.size();
        }

        @Override
        public int getLabel(int index) {
            return labels[index];
        }

        @Override
        public void copy(int index, float[] target, int to) {
            samples.getImages().copy(index, target, to);
        }
    }

    /** Samples of two sets in turn, those of the smaller one again and again. */
    private record InTurn(LabelledPictures first, LabelledPictures second)
            implements LabelledPictures {

        @Override
        public Shape getSampleShape() {
            return first.getSampleShape();
        }

        @Override
        public int getCount() {
            return 2 * Math.max(first.getCount(), second.getCount());
        }

        @Override
        public int getLabel(int index) {
            LabelledPictures side = side(index);
            return side.getLabel(index / 2 % side.getCount());
        }

        @Override
        public void copy(int index, float[] target, int to) {
            LabelledPictures side = side(index);
            side.copy(index / 2 % side.getCount(), target, to);
        }

        private LabelledPictures side(int index) {
            return index % 2 == 0 ? first : second;
        }
    }

    /** Moves pictures; what comes in at an edge is what was there. */
    private record Shifted(LabelledPictures pictures) implements LabelledPictures {

        @Override
        public Shape getSampleShape() {
            return pictures.getSampleShape();
        }

        @Override
        public int getCount() {
            return pictures.getCount();
        }

        @Override
        public int getLabel(int index) {
            return pictures.getLabel(index);
        }

        @Override
        public void copy(int index, float[] target, int to) {
            pictures.copy(index, target, to);
        }

        @Override
        public void draw(int index, RandomGenerator chance, float[] target, int to) {
            int channels = (int) getSampleShape().get(0);
            int height = (int) getSampleShape().get(1);
            int width = (int) getSampleShape().get(2);
            float[] still = new float[channels * height * width];
            pictures.draw(index, chance, still, 0);
            int dx = chance.nextInt(-MOST_SHIFT, MOST_SHIFT + 1);
            int dy = chance.nextInt(-MOST_SHIFT, MOST_SHIFT + 1);
            int at = to;
            for (int c = 0; c < channels; c++) {
                for (int y = 0; y < height; y++) {
                    int row = (c * height + within(y - dy, height)) * width;
                    for (int x = 0; x < width; x++) {
                        target[at++] = still[row + within(x - dx, width)];
                    }
                }
            }
        }

        private static int within(int place, int length) {
            return Math.max(0, Math.min(length - 1, place));
        }
    }

    /** Describes a study. */
    public static final class Builder {

        private SampleSet real;
        private SampleSet test;
        private int classes;
        private int updates = 500;
        private Device device = Device.cpu();

        private Builder() {}

        /**
         * Sets the real samples, those that the generator was trained on.
         *
         * @param samples pictures with classes
         * @param count the number of classes
         * @return this builder
         */
        public Builder setReal(SampleSet samples, int count) {
            this.real = samples;
            this.classes = count;
            return this;
        }

        /**
         * Sets what all are tested on.
         *
         * @param samples pictures with classes, which the generator has not seen
         * @return this builder
         */
        public Builder setTest(SampleSet samples) {
            this.test = samples;
            return this;
        }

        /**
         * Sets how long each classifier is trained.
         *
         * @param number the number of updates, of up to {@value ClassifierTrainer#BATCH} samples;
         *     500 unless set
         * @return this builder
         */
        public Builder optUpdates(int number) {
            this.updates = number;
            return this;
        }

        /**
         * Sets where it is computed.
         *
         * @param where the CPU unless set
         * @return this builder
         */
        public Builder optDevice(Device where) {
            this.device = where;
            return this;
        }

        /**
         * Makes the study.
         *
         * @return the study
         * @throws InvalidInputException if samples have no classes, or the two are of different
         *     sizes
         */
        public AugmentationStudy build() {
            return new AugmentationStudy(this);
        }
    }
}
