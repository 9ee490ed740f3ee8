package io.github.gan4j.classifier;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import io.github.gan4j.InvalidInputException;
import io.github.gan4j.Seeds;
import io.github.gan4j.data.EpochSampler;
import io.github.gan4j.optim.Adam;
import io.github.gan4j.optim.Updater;
import io.github.gan4j.schedule.CosineSchedule;
import io.github.gan4j.torch.Autograd;
import io.github.gan4j.torch.GradMode;
import io.github.gan4j.torch.Operators;
import java.util.SplittableRandom;

/**
 * Trains a {@link SmallClassifier} on labelled pictures: AdamW (Loshchilov and Hutter 2019) on the
 * cross-entropy, along half a cosine. On one thread the same pictures and seed give the same bytes
 * on the same kind of processor.
 */
public final class ClassifierTrainer {

    /** The most pictures in a batch. */
    public static final int BATCH = 128;

    private static final double DECAY = 0.02;

    private final NDManager manager;
    private final SmallClassifier classifier;
    private final LabelledPictures pictures;
    private final long seed;
    private final int batch;
    private final int perEpoch;
    private int[] order;
    private long drawn;

    /**
     * Constructs a trainer.
     *
     * @param manager the manager below which it computes
     * @param classifier what is trained
     * @param pictures what it is trained on; all are in a batch if there are few
     * @param seed what the order of the pictures and their alterations depend on
     * @throws InvalidInputException if there are fewer than two pictures, which batch norm needs
     */
    public ClassifierTrainer(
            NDManager manager, SmallClassifier classifier, LabelledPictures pictures, long seed) {
        if (pictures.getCount() < 2) {
            throw new InvalidInputException(
                    "A classifier is trained on 2 pictures or more, not %d."
                            .formatted(pictures.getCount()));
        }
        this.manager = manager;
        this.classifier = classifier;
        this.pictures = pictures;
        this.seed = seed;
        batch = Math.min(BATCH, pictures.getCount());
        perEpoch = pictures.getCount() / batch;
    }

    /**
     * Returns how many updates make an epoch.
     *
     * @return the number of whole batches
     */
    public int getUpdatesPerEpoch() {
        return perEpoch;
    }

    /** Is told of each epoch that has ended. */
    @FunctionalInterface
    public interface Listener {

        /**
         * Takes note.
         *
         * @param epoch how many have ended since the beginning
         * @param loss the mean loss of its batches
         */
        void onEpoch(long epoch, double loss);
    }

    /**
     * Trains along half a cosine. Called again it goes on with new moments: a warm restart
     * (Loshchilov and Hutter 2017).
     *
     * @param updates the number of updates
     * @param rate the learning rate at the beginning; at the end it is 0
     * @param listener is told of each epoch
     */
    public void train(long updates, double rate, Listener listener) {
        CosineSchedule schedule = new CosineSchedule(updates, 0);
        Updater updater =
                Adam.builder()
                        .optLearningRate(rate)
                        .optBeta1(0.9)
                        .optDecoupledWeightDecay(DECAY)
                        .build()
                        .newUpdater(classifier.getTrainable());
        double loss = 0;
        for (long update = 0; update < updates; update++) {
            loss += step(updater, update + 1, schedule.factor(update));
            if (drawn % perEpoch == 0) {
                listener.onEpoch(drawn / perEpoch, loss / perEpoch);
                loss = 0;
            }
        }
    }

    private double step(Updater updater, long update, double factor) {
        int one = Math.toIntExact(pictures.getSampleShape().size());
        float[] values = new float[batch * one];
        long[] labels = new long[batch];
        draw(values, labels, one);
        try (NDManager local = manager.newSubManager();
                NDScope scope = new NDScope();
                GradMode recording = GradMode.on()) {
            Shape shape = new Shape(batch).addAll(pictures.getSampleShape());
            NDArray logits = classifier.forward(local.create(values, shape), true).get(1);
            NDArray loss = Operators.crossEntropy(logits, local.create(labels));
            NDList gradients = Autograd.gradients(local, loss, classifier.getTrainable());
            updater.update(gradients, update, update - 1, factor);
            return loss.getFloat();
        }
    }

    /** Draws the next batch, altered by chance that is a function of its number. */
    private void draw(float[] values, long[] labels, int one) {
        int place = Math.toIntExact(drawn % perEpoch);
        if (place == 0 || order == null) {
            long epoch = Seeds.derive(seed, Seeds.EPOCH, drawn / perEpoch);
            order = EpochSampler.permutation(epoch, pictures.getCount());
        }
        SplittableRandom chance = new SplittableRandom(Seeds.derive(seed, Seeds.STEP, drawn));
        for (int i = 0; i < batch; i++) {
            int index = order[place * batch + i];
            labels[i] = pictures.getLabel(index);
            pictures.draw(index, chance, values, i * one);
        }
        drawn++;
    }

    /**
     * Counts what a classifier tells right.
     *
     * @param manager the manager below which it computes
     * @param classifier the classifier
     * @param pictures pictures and the classes that they are of
     * @return the share that it puts into their class, 0 to 1
     */
    public static double accuracy(
            NDManager manager, SmallClassifier classifier, LabelledPictures pictures) {
        int one = Math.toIntExact(pictures.getSampleShape().size());
        int right = 0;
        for (int from = 0; from < pictures.getCount(); from += BATCH) {
            int count = Math.min(BATCH, pictures.getCount() - from);
            float[] values = new float[count * one];
            for (int i = 0; i < count; i++) {
                pictures.copy(from + i, values, i * one);
            }
            try (NDManager local = manager.newSubManager();
                    NDScope scope = new NDScope();
                    GradMode recording = GradMode.off()) {
                Shape shape = new Shape(count).addAll(pictures.getSampleShape());
                NDArray logits = classifier.forward(local.create(values, shape), false).get(1);
                long[] found = logits.argMax(1).toLongArray();
                for (int i = 0; i < count; i++) {
                    right += found[i] == pictures.getLabel(from + i) ? 1 : 0;
                }
            }
        }
        return (double) right / pictures.getCount();
    }
}
